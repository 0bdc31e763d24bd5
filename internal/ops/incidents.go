package ops

import (
	"net/http"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// incidentsShown is how far back the page of incidents looks.
const incidentsShown = 90 * 24 * time.Hour

// incidents is what was wrong in the last 90 days.
type incidents struct {
	view
	Open     []incidentView
	Resolved []incidentView
	Mutes    []flow.Mute
}

var incidentsTemplate = parsePage("incidents.html")

func (o *pages) serveIncidents(w http.ResponseWriter, r *http.Request) {
	p := &incidents{view: o.view(r, "Incidents", "/")}
	p.Mutes, _ = look(r, &p.view, "mutes", &o.desk.mutes)
	all, err := o.Status.Incidents(r.Context(), p.now.Add(-incidentsShown))
	if err != nil {
		p.Trouble = append(p.Trouble, "incidents: "+p.Redacted(err.Error()))
	}
	var open []flow.Incident
	for _, i := range all {
		if i.Resolved.IsZero() {
			open = append(open, i)
		} else {
			p.Resolved = append(p.Resolved, incidentView{Incident: i, Page: pageOf(i.Subject), Runbook: o.section(i.Kind)})
		}
	}
	p.Open = o.incidentViews(open, p.Mutes)
	o.render(w, r, incidentsTemplate, p)
}

// Lasted says how long a resolved incident lasted.
func (i incidentView) Lasted() string { return roughly(max(0, i.Resolved.Sub(i.Since))) }
