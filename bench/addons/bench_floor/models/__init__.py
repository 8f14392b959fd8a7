from . import bench_record, bench_stage
