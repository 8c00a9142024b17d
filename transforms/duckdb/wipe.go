package duckdb

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// Of a file: three headers, then blocks, each of a checksum and its data.
const (
	fileHeaders = 3 * 4096
	checksum    = 8
)

// segment is one piece of a column of texts in the file.
type segment struct {
	block, offset, count int64
	compression          string
}

// gap is the part of a block's data that a segment leaves unused between what
// grows from its start and the texts that grow from its end. A segment that
// is far from full has none: the database moves its texts down.
//
// Both kinds say at their start how many bytes of text they hold and where
// those end. Packed ones (Dictionary) then name the place and the length of
// the list after which the gap begins; plain ones (Uncompressed) have a list
// of one number a row there.
func (s segment) gap(data []byte) (from, to int64, err error) {
	at := data[s.offset:]
	word := func(i int) int64 { return int64(binary.LittleEndian.Uint32(at[4*i:])) }
	to = s.offset + word(1) - word(0)
	switch s.compression {
	case "Dictionary":
		from = s.offset + word(2) + 4*word(3)
	case "Uncompressed":
		from = s.offset + 8 + 4*s.count
	default:
		return 0, 0, fmt.Errorf("texts are stored as %s; expected Dictionary or Uncompressed", s.compression)
	}
	if from > to || to > int64(len(data)) {
		return 0, 0, fmt.Errorf("a segment of texts reaches from byte %d to %d of a block of %d; expected the layout of DuckDB 1.1", from, to, len(data))
	}
	return from, to, nil
}

// wipe sets to zero what blocks leave unused between their texts: the
// database writes there whatever its memory held, which differs from run to
// run and may be a number that was hidden.
func wipe(path string, blockSize int64, segments []segment) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	block := make([]byte, blockSize)
	for _, s := range segments {
		at := fileHeaders + s.block*blockSize
		if _, err := f.ReadAt(block, at); err != nil {
			return fmt.Errorf("%s, block %d: %w", path, s.block, err)
		}
		data := block[checksum:]
		if binary.LittleEndian.Uint64(block) != sum(data) {
			return fmt.Errorf("%s, block %d: its checksum is not that of its data; expected the layout of DuckDB 1.1", path, s.block)
		}
		from, to, err := s.gap(data)
		if err != nil {
			return fmt.Errorf("%s, block %d: %w", path, s.block, err)
		}
		if from == to {
			continue
		}
		clear(data[from:to])
		binary.LittleEndian.PutUint64(block, sum(data))
		if _, err := f.WriteAt(block, at); err != nil {
			return err
		}
	}
	return f.Sync()
}

// sum is the checksum of a block's data, whose length is a multiple of 8.
func sum(data []byte) uint64 {
	s := uint64(5381)
	for i := 0; i < len(data); i += 8 {
		s ^= binary.LittleEndian.Uint64(data[i:]) * 0xbf58476d1ce4e5b9
	}
	return s
}

// textSegments are the pieces of all columns of texts of the tables that were
// created in an attached file.
func (db *DB) textSegments(ctx context.Context, name string) ([]segment, error) {
	if len(db.steady[name]) == 0 {
		return nil, nil
	}
	query := ""
	for i, t := range db.steady[name] {
		if i > 0 {
			query += " union all "
		}
		query += "select block_id, block_offset, count, compression from pragma_storage_info(" + Text(Quote(name)+"."+Quote(t)) + ") where segment_type = 'VARCHAR' and block_id >= 0 and count > 0"
	}
	rows, err := db.Query(ctx, query+" order by block_id, block_offset")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []segment
	for rows.Next() {
		var s segment
		if err := rows.Scan(&s.block, &s.offset, &s.count, &s.compression); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
