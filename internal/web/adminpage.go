package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
)

// runsShown is how many runs a source's page lists.
const runsShown = 50

var (
	sourcesTemplate = parseAdmin("sources.html")
	sourceTemplate  = parseAdmin("source.html")
)

func parseAdmin(name string) *template.Template {
	return template.Must(template.New("admin.html").ParseFS(templateFiles, "templates/admin.html", "templates/"+name))
}

func (a *admin) serveSources(w http.ResponseWriter, r *http.Request) {
	sources, err := a.Status.Sources(r.Context())
	if err != nil {
		a.unavailable(w, r, err)
		return
	}
	a.render(w, r, sourcesTemplate, sources)
}

func (a *admin) serveSource(w http.ResponseWriter, r *http.Request) {
	sources, err := a.Status.Sources(r.Context())
	if err != nil {
		a.unavailable(w, r, err)
		return
	}
	for _, s := range sources {
		if s.Source.ID == r.PathValue("id") {
			runs, err := a.Status.Runs(r.Context(), s.Source.ID, runsShown)
			if err != nil {
				a.unavailable(w, r, err)
				return
			}
			a.render(w, r, sourceTemplate, runs)
			return
		}
	}
	http.NotFound(w, r)
}

func (a *admin) unavailable(w http.ResponseWriter, r *http.Request, err error) {
	a.Log.ErrorContext(r.Context(), "an operators' page could not be made", "path", r.URL.Path, "error", err)
	http.Error(w, "The database does not answer: "+err.Error(), http.StatusServiceUnavailable)
}

func (a *admin) render(w http.ResponseWriter, r *http.Request, t *template.Template, data any) {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		a.Log.ErrorContext(r.Context(), "an operators' page could not be rendered", "path", r.URL.Path, "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", htmlType)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes())
}

func (a *admin) serveIcon(w http.ResponseWriter, r *http.Request)  { a.style.icon.serve(w, r, nil) }
func (a *admin) serveStyle(w http.ResponseWriter, r *http.Request) { a.style.style.serve(w, r, nil) }
