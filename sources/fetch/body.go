package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const (
	// Plain text of statistics packs to a tenth or a twentieth; what
	// unpacks to two hundred times its weight was made to fill a disk.
	maxRatio = 200
	// Below this size the ratio does not matter.
	ratioFrom = 8 << 20
)

// ticking tells a clock about every piece that arrives.
type ticking struct {
	r    io.Reader
	tick func()
}

func (t *ticking) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	if n > 0 {
		t.tick()
	}
	return n, err
}

// counting counts what comes over the wire.
type counting struct {
	r io.Reader
	n int64
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

var (
	errTooLarge = errors.New("too large")
	errBomb     = errors.New("unpacks to far more than it weighs")
)

// read takes the whole body, unpacked, within the limits.
func (c *Client) read(ctx context.Context, p *prepared, answer *http.Response, u *url.URL) ([]byte, *Error) {
	if answer.ContentLength > p.limit {
		return nil, p.tooLarge(u)
	}
	wire := &counting{r: answer.Body}
	body := io.Reader(wire)
	packed := false
	switch encoding := strings.ToLower(strings.TrimSpace(answer.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		reader, err := gzip.NewReader(wire)
		if errors.Is(err, io.EOF) && wire.n == 0 {
			return nil, nil // packed nothing is nothing
		}
		if err != nil {
			return nil, c.unreadable(ctx, p, u, err)
		}
		body, packed = reader, true
	default:
		return nil, p.fail(u, WrongFormat, "is packed as %q, which was not asked for; expected gzip or plain", encoding)
	}
	var into bytes.Buffer
	if answer.ContentLength > 0 {
		into.Grow(int(answer.ContentLength))
	}
	piece := make([]byte, 64<<10)
	for {
		n, err := body.Read(piece)
		into.Write(piece[:n])
		size := int64(into.Len())
		if packed && size > ratioFrom && size > maxRatio*wire.n {
			return nil, c.unreadable(ctx, p, u, errBomb)
		}
		if size > p.limit || wire.n > p.limit {
			return nil, c.unreadable(ctx, p, u, errTooLarge)
		}
		if err == io.EOF {
			return into.Bytes(), nil
		}
		if err != nil {
			return nil, c.unreadable(ctx, p, u, err)
		}
	}
}

func (p *prepared) tooLarge(u *url.URL) *Error {
	e := p.fail(u, TooLarge, "sends more than the allowed %d MiB", p.limit>>20)
	if p.limit < 1<<20 {
		e = p.fail(u, TooLarge, "sends more than the allowed %d bytes", p.limit)
	}
	e.Hint = "narrow the request, or raise the source's limit if the file is really that large"
	return e
}

func (c *Client) unreadable(ctx context.Context, p *prepared, u *url.URL, err error) *Error {
	switch {
	case errors.Is(err, errTooLarge):
		return p.tooLarge(u)
	case errors.Is(err, errBomb):
		return p.fail(u, Bomb, "unpacks to more than %d times what was sent; refused", maxRatio)
	case context.Cause(ctx) != nil:
		return c.broken(ctx, p, u, err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return p.failAgain(u, Truncated, "broke off or was damaged in the middle of the answer")
	}
	return c.broken(ctx, p, u, err)
}
