package pipeline

import (
	"strings"

	"tereze/config"
)

// write puts the report into sentences of the officer's language, a line
// each: what must be mended, what may be wrong, what would be published, and
// the count of all cells.
func (c *checker) write(preview bool) {
	r := &c.report
	say := func(line string) { r.Text = append(r.Text, line) }
	if len(r.Problems) > 0 {
		say(c.l.T("check.to_mend"))
		for _, p := range r.Problems {
			say("  " + c.sentence(p))
		}
	}
	if len(r.Remarks) > 0 {
		say(c.l.T("check.to_know"))
		for _, line := range c.remarks() {
			say("  " + line)
		}
	}
	if preview {
		say(c.l.T("check.to_see"))
		if c.inst.Example {
			say("  " + c.l.T("example.sentence"))
		}
		if len(r.Preview) == 0 {
			say("  " + c.l.T("check.nothing_to_see"))
		}
		for _, p := range r.Preview {
			say("  " + p.Sentence)
		}
	}
	if !r.Refuses() {
		say(c.l.T("report.file_clean", "file", r.File, "n", r.Accepted))
	}
	say(c.l.T("report.balanced", "read", r.CellsRead, "accepted", r.Accepted, "refused", r.Refused, "dropped", r.DroppedPersonal))
}

// sentence is one problem in words: place, what is wrong, what stands there,
// what it may mean.
func (c *checker) sentence(p CheckProblem) string {
	var more []string
	if p.Found != "" {
		more = append(more, c.l.T("check.found", "text", p.Found))
	}
	if p.Hint != "" {
		more = append(more, p.Hint)
	}
	if p.Cells > 0 {
		more = append(more, c.l.T("check.cells", "n", p.Cells))
	}
	s := p.Place + ": " + p.Words
	if len(more) > 0 {
		s += " (" + strings.Join(more, "; ") + ")"
	}
	return s
}

// remarks are the remarks with all lines left empty in one sentence: there
// may be many, and one word fits them all.
func (c *checker) remarks() []string {
	var out, cells []string
	at, words := -1, ""
	for _, p := range c.report.Remarks {
		if p.Code != "left_empty" {
			out = append(out, c.sentence(p))
			continue
		}
		if at < 0 {
			at, words = len(out), p.Words
			out = append(out, "")
		}
		cells = append(cells, address(p))
	}
	if at >= 0 {
		out[at] = strings.Join(cells, ", ") + ": " + words
	}
	return out
}

// shownAt is the cell in which people see what a problem is about: the
// hidden identity of a form is shown in words above its table.
func (c *checker) shownAt(p CheckProblem) string {
	switch {
	case c.sheet != nil && p.Row <= 1:
		return config.FormShownCell
	case p.Row == 0 || p.Column == "":
		return "A1"
	}
	return address(p)
}
