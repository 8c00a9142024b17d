package dashboard

import (
	"context"

	"tereze/dashboard/pages"
	"tereze/dashboard/public"
)

// Ask names the values whose sentences are wanted.
type Ask = pages.Ask

// Finding is one value as the pages say it.
type Finding = pages.Finding

// Preview gives the sentences that the pages would hold about some values,
// in one language, and writes nothing.
func Preview(ctx context.Context, in Input, lang string, ask Ask) ([]Finding, error) {
	data, err := public.Load(ctx, in.DB, in.Instance.Languages)
	if err != nil {
		return nil, err
	}
	site, err := pages.NewSite(in.Instance, data, in.Counterpart, in.Release, nil, false)
	if err != nil {
		return nil, err
	}
	return site.Preview(lang, ask), nil
}
