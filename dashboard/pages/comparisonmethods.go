package pages

import (
	"strings"

	"tereze/dashboard/downloads"
)

// fileColumns is one file of the statistics with the meaning of its columns.
type fileColumns struct {
	download
	What    string
	Columns pairs
}

// fileColumns are all of them that exist; columns that every file begins or
// ends with are explained with the first alone.
func (v *view) fileColumns() (out []fileColumns) {
	said := map[string]bool{}
	for _, f := range downloads.StatisticFiles {
		files := v.filesNamed(f.Name)
		if len(files) == 0 {
			continue
		}
		x := fileColumns{download: files[0], What: v.T("statistic_file." + strings.TrimSuffix(f.Name, ".csv"))}
		for _, c := range append(append([]string{}, f.Columns...), "release") {
			common := c == "release" || c == "nature" || c == "indicator" || strings.HasPrefix(c, "area") || c == "period"
			if common && said[c] {
				continue
			}
			said[c] = true
			x.Columns = append(x.Columns, pair{c, v.T("column." + c)})
		}
		out = append(out, x)
	}
	return out
}

// comparisonMethods are the formulas by which areas and periods are compared,
// each with its published source; the code of each cites the same.
func (v *view) comparisonMethods() []method {
	one := func(id, formula, source string, rates ...string) method {
		return method{Head: v.T("methods." + id), Text: v.T("methods." + id + "_text"), Formula: formula, Source: source, Rates: strings.Join(rates, " ")}
	}
	return []method{
		one("newcombe", "p₁ − p₂ − √((p₁−l₁)² + (u₂−p₂)²) … p₁ − p₂ + √((u₁−p₁)² + (p₂−l₂)²)",
			"R. G. Newcombe (1998). Interval estimation for the difference between independent proportions: comparison of eleven methods. Statistics in Medicine 17, 873–890.",
			"G. Y. Zou, A. Donner (2008). Construction of confidence limits about effect measures: a general approach. Statistics in Medicine 27, 1693–1702."),
		one("ratio", "p₁/p₂ · exp(±z·√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂))",
			"D. Katz, J. Baptista, S. P. Azen, M. C. Pike (1978). Obtaining confidence intervals for the risk ratio in cohort studies. Biometrics 34, 469–474.",
			"K. J. Rothman, S. Greenland, T. L. Lash (2008). Modern Epidemiology, 3rd ed., ch. 14."),
		one("ranks", "z = (p₁ − p₂) / √(p(1−p)(1/n₁ + 1/n₂)); 1 + a … K − b",
			"M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm (2024). Inference for ranks with applications to mobility across neighbourhoods and academic achievement across countries. Review of Economic Studies 91, 476–518. S. Holm (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65–70."),
		one("trend", "χ² = (Σt·x − p·Σt·n)² / (p(1−p)(Σt²·n − (Σt·n)²/Σn))",
			"W. G. Cochran (1954). Some methods for strengthening the common χ² tests. Biometrics 10, 417–451. P. Armitage (1955). Tests for linear trends in proportions and frequencies. Biometrics 11, 375–386."),
		one("funnel", "p ± z·√(p(1−p)/n + τ²), z = 1.96, 3.09",
			"D. J. Spiegelhalter (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24, 1185–1202; (2005). Handling over-dispersion of performance indicators. Quality and Safety in Health Care 14, 347–351."),
		one("contribution", "100·Δᵢ / ΣΔ",
			"M. L. Balinski, H. P. Young (1982). Fair Representation."),
		one("queue", "S / d̄; S / max d … S / min d",
			"J. D. C. Little (1961). A proof for the queuing formula L = λW. Operations Research 9, 383–387."),
		one("target", "(x − b) / (c − b)",
			"United Nations ESCAP. Asia and the Pacific SDG Progress Report: Current Status Index."),
	}
}
