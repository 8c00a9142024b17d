package duckdb

import "C" // seed_linux.c
