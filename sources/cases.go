package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"tereze/config"
	"tereze/model"
	"tereze/sources/fetch"
	"tereze/sources/sqlengine"
)

// Cases is a file with a row for every case: too large to be read cell by
// cell, and full of persons. Only its counts are ever kept. Either Path or
// Data is set.
type Cases struct {
	Path   string // of a file on the disk
	Data   []byte // of an answer, which is never written to the disk
	Format string // csv or parquet
	Query  string // one SELECT over the table source
	Limit  int    // rows of the answer that are asked for at most
}

// Counter counts cases. The database is behind it; the pipeline hands it over.
type Counter func(ctx context.Context, c Cases) (sqlengine.Counts, error)

// counted gives the counts of cases as CSV, by the rules for aggregates.
func (o door) counted(ctx context.Context, count Counter, a config.Aggregate, c Cases) ([]byte, error) {
	if count == nil {
		return nil, errors.New("a file of cases is counted by the database, which is not at hand here; expected a build")
	}
	query, err := sqlengine.Check(a.Query())
	if err != nil {
		return nil, err
	}
	c.Query, c.Limit = query, a.MaxRows+1
	counts, err := count(ctx, c)
	if err != nil {
		return nil, err
	}
	return counts.CSV(a.MaxRows, o.finder)
}

// cases reads one file of cases of the instance: its snapshot is the CSV of
// its counts, with the hash of the file itself.
func (o door) cases(ctx context.Context, inst *config.Instance, name string, src config.Source) ([]byte, model.Snapshot, error) {
	meta := model.Snapshot{Origin: name, Source: src.ID, RetrievedOn: src.RetrievedOn, Licence: src.Licence}
	folder, ok := inst.FS.(config.Folder)
	if !ok {
		return nil, meta, errors.New("a file of cases must lie in a folder on the disk, where the database can read it")
	}
	path := folder.Path(name)
	// Both read the whole file; together they read it from the disk once.
	var hashing error
	done := make(chan struct{})
	go func() {
		defer close(done)
		meta.Original, hashing = hashFile(path)
	}()
	data, err := o.counted(ctx, o.count, *src.Aggregate, Cases{Path: path, Format: src.Format()})
	<-done
	if hashing != nil {
		return nil, meta, cause(hashing)
	}
	return data, meta, err
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// countAnswer puts the counts of a fetched file of cases in its place.
func countAnswer(ctx context.Context, o door, count Counter, src config.Source, a fetch.Answer) (fetch.Answer, error) {
	if a.Unchanged {
		return a, nil
	}
	body, err := o.counted(ctx, count, *src.Aggregate, Cases{Data: a.Body, Format: src.Format()})
	if err != nil {
		var e *fetch.Error
		if errors.As(err, &e) {
			e.Address = a.Address
			return a, e
		}
		return a, fmt.Errorf("%s: %w", a.Address, err)
	}
	a.Body = body
	return a, nil
}
