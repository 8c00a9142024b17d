package pages

import (
	"html/template"

	"tereze/config"
	"tereze/dashboard/public"
)

// withStates takes over, for each source, the day on which what is in use of
// it was taken: of a fetched source the declaration does not know it.
func withStates(list []config.PublicSource, states map[string]public.SourceState) []config.PublicSource {
	out := append([]config.PublicSource(nil), list...)
	for i := range out {
		if s, ok := states[out[i].ID]; ok && s.RetrievedOn != "" {
			out[i].RetrievedOn = s.RetrievedOn
		}
	}
	return out
}

// stale are the states of the sources of which an older copy is in use than
// there should be.
func stale(states map[string]public.SourceState) map[string]public.SourceState {
	out := map[string]public.SourceState{}
	for id, s := range states {
		if s.Stale() {
			out[id] = s
		}
	}
	return out
}

// staleSources are the sources of a value of which an old copy is in use.
func (v *view) staleSources(val *public.Value) []config.PublicSource {
	if len(v.s.stale) == 0 || val == nil {
		return nil
	}
	var out []config.PublicSource
	for _, src := range v.s.sourcesOf(val) {
		if _, ok := v.s.stale[src.ID]; ok {
			out = append(out, src)
		}
	}
	return out
}

// age is how old the copy is that a value rests on, in words; of several the
// oldest, and nothing where all are as new as can be.
func (v *view) age(vals ...*public.Value) string {
	days, is := int64(0), false
	for _, val := range vals {
		for _, src := range v.staleSources(val) {
			days, is = max(days, v.s.stale[src.ID].StaleDays), true
		}
	}
	if !is {
		return ""
	}
	return v.old(days)
}

// old is an age in words.
func (v *view) old(days int64) string {
	if days == 0 {
		return v.T("stale.today")
	}
	return v.T("stale.days", "n", days)
}

// oldCopy says that a number rests on an old copy, with its age.
func (v *view) oldCopy(vals ...*public.Value) string {
	if age := v.age(vals...); age != "" {
		return v.T("stale.number", "age", age)
	}
	return ""
}

// someOld says of an area that some of its values rest on an old copy.
func (v *view) someOld(list []standing) string {
	if len(v.s.stale) == 0 {
		return ""
	}
	vals := make([]*public.Value, len(list))
	for i, st := range list {
		vals[i] = st.Value
	}
	if age := v.age(vals...); age != "" {
		return v.T("stale.some", "age", age)
	}
	return ""
}

// oldCopyShort is the same in the few words of a table.
func (v *view) oldCopyShort(val *public.Value) string {
	if age := v.age(val); age != "" {
		return v.T("stale.cell", "age", age)
	}
	return ""
}

// standing says of a stale source since when its copy is in use, and why
// nothing newer is; nothing of any other source.
func (v *view) standing(id string) string {
	s, ok := v.s.stale[id]
	if !ok {
		return ""
	}
	key := "stale.reason." + s.Reason
	if !v.l.Has(key) {
		key = "stale.reason.unreadable_file"
	}
	return v.T("stale.since", "date", v.l.Date(s.StaleSince), "age", v.old(s.StaleDays), "reason", v.T(key))
}

// never reports whether a fetched source has not answered once.
func (v *view) never(id string) bool { return v.s.Data.Checks.Sources[id].Reason == "not_fetched" }

// stateShort says in one sentence that something is wrong with what is in
// use of a source; the source's page has the whole of it.
func (v *view) stateShort(id string) string {
	if v.never(id) {
		return v.T("refusal.not_fetched")
	}
	return v.standing(id)
}

// FilesOf are the files of one name, for a template.
func (v *view) FilesOf(name string) files { return v.filesNamed(name) }

// ListOf leads to the file with the whole of a list, over all sources; nothing
// where it was not written.
func (v *view) ListOf(name string) template.HTML {
	return written(func(b *markup) {
		for _, d := range v.filesNamed(name) {
			b.raw(`<p class="more"><a`).address(d.Href).raw(" download>").text(v.T("checked.whole_list")).raw(`</a> <span class="small">`)
			b.text(d.Name).raw(", ").text(d.Format).raw(", ").text(d.Size).raw("</span></p>")
		}
	})
}
