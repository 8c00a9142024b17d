package figure

import "strconv"

// signs explains under the table the signs and flags that it uses, and no
// others.
func (f *Figure) signs(p *pen) {
	type sign struct{ mark, why string }
	var used []sign
	add := func(mark, why string) {
		if mark == "" || why == "" {
			return
		}
		for _, u := range used {
			if u.mark == mark && u.why == why {
				return
			}
		}
		used = append(used, sign{mark, why})
	}
	each := func(n *Number) {
		switch {
		case n == nil:
		case !n.Has:
			add(n.Sign, n.Why)
		case n.Flag == "":
		case n.Why != "":
			add(n.Flag, n.Why)
		case n.Flag == "e":
			add("e", f.Words.Estimated)
		case n.Flag == "b":
			add("b", f.Words.Break)
		}
	}
	for i := range f.Series {
		s := &f.Series[i]
		for j := range s.Marks {
			m := &s.Marks[j]
			if f.Kind == Spine && m != s.own() {
				continue
			}
			for _, n := range []*Number{&m.N, m.Share, m.Of, m.Lower, m.Upper} {
				each(n)
			}
		}
		if s.Rule != nil {
			each(&s.Rule.N)
		}
	}
	if f.Rule != nil {
		each(&f.Rule.N)
	}
	if f.Kind == Grid || len(used) == 0 {
		return
	}
	p.s(`<p class="fg-signs">`).esc(f.Words.SignsHead)
	for i, u := range used {
		if i > 0 {
			p.s(" ·")
		}
		p.s(" <b>").esc(u.mark).s("</b> ").esc(u.why)
	}
	p.s("</p>")
}

// legendKey draws the square of a legend's class.
func (f *Figure) legendKey(p *pen, i int, class string) {
	p.s(`<svg class="fg fg-keybox" aria-hidden="true" viewBox="-9 -9 18 18" width="18" height="18">`)
	switch f.Kind {
	case Grid:
		f.square(p, squareOf(class), 14)
	case RowBars:
		p.s(`<rect class="fg-part fg-p`, strconv.Itoa(min(i, 4)), ` `, safeClass(class), `" x="-6" y="-6" width="12" height="12"/>`)
	default:
		switch class {
		case "hollow":
			p.s(`<circle class="fg-dot fg-hollow" r="5"/>`)
		case "missing":
			p.s(`<rect class="fg-miss" x="-8" y="-5" width="16" height="10"`, f.missing(), "/>")
		case "interval":
			p.s(`<path class="fg-iv" d="M-8 0H8"/><circle class="fg-dot" r="4"`, f.fill(false), "/>")
		case "rule", "region":
			p.s(`<path class="fg-rule" d="M0 -8V8"/>`)
		case "band":
			p.s(`<rect class="fg-band" x="-8" y="-6" width="16" height="12"/>`)
		case "cut":
			p.s(`<path class="fg-stroke" d="M-3 -7V7M3 -7V7"/>`)
		case "highlight":
			p.s(`<circle class="fg-dot fg-hi" r="6"`, f.fill(true), "/>")
		case "claim":
			p.s(`<rect class="fg-range fg-claim" x="-8" y="-4" width="16" height="8"/>`)
		case "overlap":
			p.s(`<rect class="fg-both" x="-8" y="-8" width="16" height="16"/>`)
		default:
			p.s(`<circle class="fg-dot" r="5"`, f.fill(false), "/>")
		}
	}
	p.s("</svg>")
}
