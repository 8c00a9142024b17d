package figure

// WordsOf fills the fixed words from a page's catalogue; t is its look-up,
// such as (*words.Lang).T. A word that only some figures use (the bracket,
// what an interval is) is left to whoever describes the figure.
func WordsOf(t func(key string, args ...any) string) Words {
	return Words{
		AsTable:   t("figure.as_table"),
		NoData:    t("figure.no_data"),
		Interval:  t("figure.interval"),
		Lower:     t("figure.lower"),
		Upper:     t("figure.upper"),
		OutOf:     t("figure.out_of"),
		Region:    t("figure.region"),
		Area:      t("figure.area"),
		Period:    t("figure.period"),
		Value:     t("figure.value"),
		Enlarge:   t("figure.enlarge"),
		Histogram: t("figure.histogram"),
		SignsHead: t("figure.signs_head"),
		Estimated: t("figure.estimated"),
		Break:     t("figure.break"),
		Close:     t("figure.close"),
		SaveSVG:   t("figure.save_svg"),
		SaveCSV:   t("figure.save_csv"),
		ShareOf:   t("figure.share_of"),
		From:      t("figure.from"),
		To:        t("figure.to"),
		Better:    t("figure.better"),
		Events:    t("figure.events"),
	}
}
