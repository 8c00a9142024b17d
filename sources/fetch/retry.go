package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstWait   = 500 * time.Millisecond
	longestWait = 30 * time.Second
)

// backoff doubles from try to try and takes a random part of the second
// half, so that many callers do not come back at the same moment.
func (c *Client) backoff(attempt int) time.Duration {
	wait := firstWait << min(attempt-1, 10)
	wait = min(wait, longestWait)
	return wait/2 + time.Duration(c.set.Jitter()*float64(wait/2))
}

// retryAfter reads the header as seconds or as a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
