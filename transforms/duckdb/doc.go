// Package duckdb is the only door to the database driver: it opens files,
// appends rows, runs SQL and writes Parquet, CSV and Arrow files.
package duckdb
