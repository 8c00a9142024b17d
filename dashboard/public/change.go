package public

import "strconv"

// Change is one number that is new, another one or gone since the release
// before. Before is NaN where none stood there, or none may be said; Value is
// NaN where it is gone.
type Change struct {
	Kind, Indicator         string // kind: new, changed, withdrawn
	Area                    Key
	Period                  *Period
	Base, Territory, Source string
	Before, Value           float64
	Unit, Status, Conf      string
	Reason, Nature          string
}

// Changes are the numbers that changed since the release before, in the order
// of the values; none where there was no release before.
type Changes struct {
	Since  int64 // that release; 0 = this one is the first
	Rows   []Change
	All    ChangeCount
	ByArea map[Key]ChangeCount
}

// ChangeCount counts changes by their kind.
type ChangeCount struct{ New, Changed, Withdrawn int }

// Any reports whether anything has changed.
func (c ChangeCount) Any() bool { return c != ChangeCount{} }

// Add counts one more change of a kind.
func (c *ChangeCount) Add(kind string) {
	switch kind {
	case "new":
		c.New++
	case "changed":
		c.Changed++
	case "withdrawn":
		c.Withdrawn++
	}
}

func (l *loader) changes() error {
	c := &l.data.Register.Values
	c.ByArea = map[Key]ChangeCount{}
	c.Since, _ = strconv.ParseInt(l.data.Release["previous_release"], 10, 64) // empty = 0
	return l.each(`select indicator || '/' || area || '/' || cast(area_valid_from as varchar), period, base_period, territory, source, kind,
 coalesce(value_before, 'NaN'::double), coalesce(value, 'NaN'::double), unit, obs_status, conf_status, reason, nature
 from change order by indicator, area, area_valid_from, period, base_period, territory, source`, func(scan func(...any) error) error {
		var x Change
		var key, period string
		if err := scan(&key, &period, &x.Base, &x.Territory, &x.Source, &x.Kind, &x.Before, &x.Value, &x.Unit, &x.Status, &x.Conf, &x.Reason, &x.Nature); err != nil {
			return err
		}
		k, err := l.key(key)
		if err != nil {
			return err
		}
		x.Indicator, x.Area = k.indicator, k.area
		if x.Period, err = l.period(period); err != nil {
			return err
		}
		c.Rows = append(c.Rows, x)
		c.All.Add(x.Kind)
		n := c.ByArea[x.Area]
		n.Add(x.Kind)
		c.ByArea[x.Area] = n
		return nil
	})
}
