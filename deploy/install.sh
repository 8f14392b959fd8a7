#!/usr/bin/env bash
# Install what is missing, update what changed, then give the login `admin` its first password.
# Runs in the image odoo:19.0, whose entrypoint adds host, user and password of the database.
set -euo pipefail

cd /mnt/extra-addons
all=$(ls -d aftersales_* | paste -sd,)
# bridges come by themselves, when the application that they stand beside is installed
modules=$(grep -L "'auto_install': True" aftersales_*/__manifest__.py | xargs -n1 dirname | paste -sd,)
echo "installing or updating: $modules"
/entrypoint.sh odoo -d "$DATABASE" -i "$modules" -u "$all" --load-language="$LANGUAGES" \
    --stop-after-init --no-http
/entrypoint.sh odoo shell -d "$DATABASE" --no-http < /mnt/deploy/set_admin_password.py
