#!/usr/bin/env bash
# Install what is missing, update what changed, then give the login `admin` its first password.
# Runs in the image odoo:19.0, whose entrypoint adds host, user and password of the database.
set -euo pipefail

modules=$(cd /mnt/extra-addons && ls -d aftersales_* | paste -sd,)
echo "installing or updating: $modules"
/entrypoint.sh odoo -d "$DATABASE" -i "$modules" -u "$modules" --load-language="$LANGUAGES" \
    --stop-after-init --no-http
/entrypoint.sh odoo shell -d "$DATABASE" --no-http < /mnt/deploy/set_admin_password.py
