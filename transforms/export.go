package transforms

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"

	"tereze/transforms/duckdb"
)

// Export writes the download files of everything and of each indicator from
// the public database into dataDir: texts that are small through put, all
// others at once. Each file is written by one thread, in the order of its keys,
// so that the same database gives the same bytes; several files are written at
// a time. The database, open already, goes to its readers, who reach nothing
// else through it; close it.
func Export(ctx context.Context, publicPath, dataDir string, put Put) (*Public, Exported, error) {
	db, err := duckdb.OpenReadOnly(publicPath, 1)
	if err != nil {
		return nil, Exported{}, err
	}
	out := &output{dir: dataDir, put: put}
	if err := writeAll(ctx, db, out); err != nil {
		db.Close()
		return nil, Exported{}, err
	}
	p, err := walled(ctx, db)
	return p, out.Exported, err
}

// writeAll writes the files of everything and of each indicator.
func writeAll(ctx context.Context, db *duckdb.DB, out *output) error {
	if err := os.MkdirAll(out.dir, 0o755); err != nil {
		return err
	}
	ids, about, err := contents(ctx, db)
	if err != nil {
		return err
	}
	db.About(about)
	parquet := func(query, name string) func(context.Context, *duckdb.DB) error {
		return func(ctx context.Context, db *duckdb.DB) error {
			if err := db.WriteParquet(ctx, query, out.path(name)); err != nil {
				return err
			}
			return out.wrote(name)
		}
	}

	// The long ones first, so that no worker ends alone with one of them.
	jobs := []func(context.Context, *duckdb.DB) error{
		func(ctx context.Context, db *duckdb.DB) error { return out.values(ctx, db, ids) },
		func(ctx context.Context, db *duckdb.DB) error {
			return out.table(ctx, db, "observation", "observations.csv", "observations.arrow")
		},
		parquet("select * from value", "values.parquet"),
		parquet("select * from observation", "observations.parquet"),
	}
	// The files of indicators without values hold the header alone: one of them
	// is written, the others are the same bytes.
	filled, err := pairs(ctx, db, "select distinct indicator, '' from value")
	if err != nil {
		return err
	}
	var bare []string
	for _, id := range ids {
		if slices.Contains(filled, [2]string{id, ""}) {
			jobs = append(jobs, parquet("select * from value where indicator = "+duckdb.Text(id), id+".parquet"))
		} else {
			bare = append(bare, id)
		}
	}
	if len(bare) > 0 {
		first := parquet("select * from value where false", bare[0]+".parquet")
		jobs = append(jobs, func(ctx context.Context, db *duckdb.DB) error {
			if err := first(ctx, db); err != nil {
				return err
			}
			raw, err := os.ReadFile(out.path(bare[0] + ".parquet"))
			for _, id := range bare[1:] {
				if err == nil {
					err = out.keep(id+".parquet", raw)
				}
			}
			return err
		})
	}
	for _, t := range [][2]string{
		{"refusal", "refusals.csv"}, {"area", "areas.csv"}, {"area_event", "area_events.csv"}, {"policy_event", "policy_events.csv"}, {"evidence", "evidence.csv"},
		{"correction", "corrections.csv"}, {"decision", "decisions.csv"}, {"disagreement", "disagreements.csv"}, {"delivery", "deliveries.csv"},
		{"source_problem", "source_problems.csv"}, {"rule_outcome", "rule_outcomes.csv"}, {"denominator", "denominators.csv"},
		{"statement", "statements.csv"}, {"statement_verdict", "statement_verdicts.csv"}, {"request", "requests.csv"}, {"commitment", "commitments.csv"},
	} {
		jobs = append(jobs, func(ctx context.Context, db *duckdb.DB) error { return out.table(ctx, db, t[0], t[1], "") })
	}
	if err := together(ctx, db, jobs); err != nil {
		return err
	}
	values, err := db.Count(ctx, "select count(*) from value")
	if values > manyCells { // what was read of a country is half of the memory
		db.Rest()
	}
	return err
}

// exporters is how many files are written at a time.
const exporters = 2

// together does the jobs in sessions of a database of one thread, in which
// each works for itself; the first error stops the rest.
func together(ctx context.Context, db *duckdb.DB, jobs []func(context.Context, *duckdb.DB) error) error {
	group, ctx := errgroup.WithContext(ctx)
	queue := make(chan func(context.Context, *duckdb.DB) error, len(jobs))
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	for range exporters {
		group.Go(func() error {
			session, err := db.Beside(ctx)
			if err != nil {
				return err
			}
			defer session.Close()
			for job := range queue {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := job(ctx, session); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// contents are all indicators, those without values too (their files hold the
// header alone), and what Parquet and Arrow files say of themselves: whose
// figures they are, of which release and day, under which licence, and of an
// example that it is invented. The other formats say it in their rows and notes.
func contents(ctx context.Context, db *duckdb.DB) (ids []string, about [][2]string, err error) {
	facts, err := pairs(ctx, db, "select key, value from release where key in ('release', 'instance', 'today') or starts_with(key, 'name_') or starts_with(key, 'licence_') or starts_with(key, 'note_') order by key")
	if err != nil {
		return nil, nil, err
	}
	list, err := pairs(ctx, db, "select id, '' from indicator order by id")
	for _, row := range list {
		ids = append(ids, row[0])
	}
	return ids, facts, err
}

// pairs are the rows of a query of two texts.
func pairs(ctx context.Context, db *duckdb.DB, query string) (out [][2]string, err error) {
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r [2]string
		if err := rows.Scan(&r[0], &r[1]); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// table writes a whole table as CSV and, unless arrowName is empty, as an Arrow
// file.
func (o *output) table(ctx context.Context, db *duckdb.DB, table, csvName, arrowName string) error {
	csv := o.text(csvName)
	err := o.withArrow(arrowName, func(arrow io.WriteSeeker) error {
		return db.WriteTable(ctx, "select * from "+duckdb.Quote(table), arrow, func(_ bool, _ string, line []byte) error { return csv.write(line) })
	})
	return errors.Join(err, csv.close())
}

// values reads all values once and writes values.csv, values.arrow and, since
// rows come indicator by indicator, both CSV files of each.
func (o *output) values(ctx context.Context, db *duckdb.DB, ids []string) error {
	all := o.text("values.csv")
	own := indicatorFiles{out: o}
	err := o.withArrow("values.arrow", func(arrow io.WriteSeeker) error {
		return db.WriteTable(ctx, "select * from value", arrow, func(header bool, id string, line []byte) error {
			if header {
				own.header = append([]byte(nil), line...)
			} else if err := own.write(id, line); err != nil {
				return err
			}
			return all.write(line)
		})
	})
	return errors.Join(err, own.finish(ids), all.close())
}

// withArrow opens the file of that name for use; without a name it lends none.
func (o *output) withArrow(name string, use func(io.WriteSeeker) error) error {
	if name == "" {
		return use(nil)
	}
	f, err := os.Create(o.path(name))
	if err != nil {
		return err
	}
	if err := errors.Join(use(f), f.Close()); err != nil {
		return err
	}
	return o.wrote(name)
}
