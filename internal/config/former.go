package config

// formerNames are names that something in a list had before.
type formerNames struct {
	of    int
	names []*value
}

// formerly returns the names that a category or a publisher had before. An address
// that leads somewhere else can't be one of its own: so first holds all that are
// taken, by what is there now and by other former names.
func (b *builder) formerly(first places, what string, names []*value) (former []string) {
	for _, v := range names {
		name := v.string()
		if name == "" || v.bad || b.isLocale(name, v.at) {
			continue
		}
		if !b.once(first, what, name, v.at) {
			continue
		}
		former = append(former, name)
	}
	return former
}
