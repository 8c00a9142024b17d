package model

// Text is one wording per language code (kk, ru, en).
type Text map[string]string

// In is the wording in lang, or "" when there is none.
func (t Text) In(lang string) string { return t[lang] }
