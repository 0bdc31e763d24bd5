package check

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// manifests are what the files hold, by kind and name.
type manifests struct {
	configs     map[string]*corev1.ConfigMap
	secrets     map[string]*corev1.Secret
	services    []*corev1.Service
	deployments []*appsv1.Deployment
	jobs        []*batchv1.Job
	budgets     []*policyv1.PodDisruptionBudget
	policies    []*networkingv1.NetworkPolicy
}

// object returns what a document of a kind is decoded into.
func (m *manifests) object(kind metav1.TypeMeta) (any, error) {
	switch kind.APIVersion + " " + kind.Kind {
	case "v1 ConfigMap":
		return &corev1.ConfigMap{}, nil
	case "v1 Secret":
		return &corev1.Secret{}, nil
	case "v1 Service":
		return &corev1.Service{}, nil
	case "apps/v1 Deployment":
		return &appsv1.Deployment{}, nil
	case "batch/v1 Job":
		return &batchv1.Job{}, nil
	case "policy/v1 PodDisruptionBudget":
		return &policyv1.PodDisruptionBudget{}, nil
	case "networking.k8s.io/v1 NetworkPolicy":
		return &networkingv1.NetworkPolicy{}, nil
	}
	return nil, fmt.Errorf("no kind %q of %q is expected", kind.Kind, kind.APIVersion)
}

func (m *manifests) add(object any) {
	switch o := object.(type) {
	case *corev1.ConfigMap:
		m.configs[o.Name] = o
	case *corev1.Secret:
		m.secrets[o.Name] = o
	case *corev1.Service:
		m.services = append(m.services, o)
	case *appsv1.Deployment:
		m.deployments = append(m.deployments, o)
	case *batchv1.Job:
		m.jobs = append(m.jobs, o)
	case *policyv1.PodDisruptionBudget:
		m.budgets = append(m.budgets, o)
	case *networkingv1.NetworkPolicy:
		m.policies = append(m.policies, o)
	}
}

// take decodes the documents of a file: a field that the type has not is an error, as is one
// that stands there twice.
func (m *manifests) take(data []byte) error {
	for _, document := range bytes.Split(data, []byte("\n---\n")) {
		var kind metav1.TypeMeta
		if err := yaml.Unmarshal(document, &kind); err != nil {
			return err
		}
		object, err := m.object(kind)
		if err != nil {
			return err
		}
		if err := yaml.UnmarshalStrict(document, object); err != nil {
			return fmt.Errorf("%s: %w", kind.Kind, err)
		}
		m.add(object)
	}
	return nil
}

func read(t *testing.T) *manifests {
	t.Helper()
	files, err := filepath.Glob("../kubernetes/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatalf("the manifests are %v, %v", files, err)
	}
	m := &manifests{configs: map[string]*corev1.ConfigMap{}, secrets: map[string]*corev1.Secret{}}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err == nil {
			err = m.take(data)
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return m
}

func TestManifestsAreWhatKubernetesReads(t *testing.T) { read(t) }

func TestAMisspeltFieldIsFound(t *testing.T) {
	data, err := os.ReadFile("../kubernetes/web.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"readinessProbe:", "readynessProbe:"},
		{"runAsNonRoot: true", "runAsNonRoot: perhaps"},
		{"apps/v1", "apps/v2"},
		{"  replicas: 2\n", "  replicas: 2\n  replicas: 3\n"},
	} {
		changed := strings.Replace(string(data), change[0], change[1], 1)
		if changed == string(data) {
			t.Errorf("%q is not there", change[0])
		}
		m := &manifests{configs: map[string]*corev1.ConfigMap{}, secrets: map[string]*corev1.Secret{}}
		if err := m.take([]byte(changed)); err == nil {
			t.Errorf("%q is taken", change[1])
		}
	}
}

// pods are the templates of all that runs, by name.
func (m *manifests) pods() map[string]corev1.PodTemplateSpec {
	all := map[string]corev1.PodTemplateSpec{}
	for _, d := range m.deployments {
		all[d.Name] = d.Spec.Template
	}
	for _, j := range m.jobs {
		all[j.Name] = j.Spec.Template
	}
	return all
}

func TestPodsMayDoNothingThatTheyNeedNot(t *testing.T) {
	for name, pod := range read(t).pods() {
		s := pod.Spec
		if s.SecurityContext == nil || s.SecurityContext.RunAsNonRoot == nil || !*s.SecurityContext.RunAsNonRoot || s.SecurityContext.SeccompProfile == nil {
			t.Errorf("%s may run as root, or call what it likes", name)
		}
		if s.AutomountServiceAccountToken == nil || *s.AutomountServiceAccountToken {
			t.Errorf("%s has a token of the cluster", name)
		}
		for _, c := range s.Containers {
			sc := c.SecurityContext
			if sc == nil || sc.ReadOnlyRootFilesystem == nil || !*sc.ReadOnlyRootFilesystem || sc.AllowPrivilegeEscalation == nil || *sc.AllowPrivilegeEscalation ||
				sc.Capabilities == nil || !slices.Contains(sc.Capabilities.Drop, "ALL") {
				t.Errorf("%s: its container is not confined: %+v", name, sc)
			}
			if c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Memory().IsZero() {
				t.Errorf("%s has no bound of memory", name)
			}
		}
	}
}

func TestWhatPodsReferToIsThere(t *testing.T) {
	m := read(t)
	for name, pod := range m.pods() {
		volumes := map[string]corev1.Volume{}
		for _, v := range pod.Spec.Volumes {
			volumes[v.Name] = v
			if v.ConfigMap != nil && m.configs[v.ConfigMap.Name] == nil || v.Secret != nil && m.secrets[v.Secret.SecretName] == nil {
				t.Errorf("%s: nothing is there for volume %s", name, v.Name)
			}
		}
		for _, c := range pod.Spec.Containers {
			mounted := map[string]string{}
			for _, mount := range c.VolumeMounts {
				if _, ok := volumes[mount.Name]; !ok {
					t.Errorf("%s mounts %s, which is no volume", name, mount.Name)
				}
				mounted[mount.MountPath] = mount.Name
			}
			for _, e := range c.Env {
				if file, ok := strings.CutSuffix(e.Name, "_FILE"); ok {
					of := volumes[mounted[filepath.Dir(e.Value)]].Secret
					if of == nil || m.secrets[of.SecretName].StringData[filepath.Base(e.Value)] == "" {
						t.Errorf("%s: no secret is there for %s", name, file)
					}
				}
			}
			for _, probe := range []*corev1.Probe{c.StartupProbe, c.ReadinessProbe, c.LivenessProbe} {
				if probe != nil && !slices.ContainsFunc(c.Ports, func(p corev1.ContainerPort) bool { return p.Name == probe.HTTPGet.Port.StrVal }) {
					t.Errorf("%s is asked at port %s, which it has not", name, probe.HTTPGet.Port.StrVal)
				}
			}
		}
	}
}

// chosen returns the deployments that labels pick.
func (m *manifests) chosen(labels map[string]string) (found []*appsv1.Deployment) {
	for _, d := range m.deployments {
		has := d.Spec.Template.Labels
		if len(labels) > 0 && !slices.ContainsFunc(slices.Collect(maps.Keys(labels)), func(k string) bool { return has[k] != labels[k] }) {
			found = append(found, d)
		}
	}
	return found
}

func TestServicesAndBudgetsMeanOneDeployment(t *testing.T) {
	m := read(t)
	for _, s := range m.services {
		found := m.chosen(s.Spec.Selector)
		if len(found) != 1 {
			t.Errorf("service %s means %d deployments", s.Name, len(found))
			continue
		}
		for _, p := range s.Spec.Ports {
			if !slices.ContainsFunc(found[0].Spec.Template.Spec.Containers[0].Ports, func(c corev1.ContainerPort) bool { return c.Name == p.TargetPort.StrVal }) {
				t.Errorf("service %s leads to port %s, which is not there", s.Name, p.TargetPort.StrVal)
			}
		}
	}
	for _, b := range m.budgets {
		if found := m.chosen(b.Spec.Selector.MatchLabels); len(found) != 1 || int(*found[0].Spec.Replicas) <= b.Spec.MinAvailable.IntValue() {
			t.Errorf("budget %s means %d deployments, or lets none of one's pods go", b.Name, len(found))
		}
	}
	for _, d := range m.deployments {
		c := d.Spec.Template.Spec.Containers[0]
		if len(m.chosen(d.Spec.Selector.MatchLabels)) != 1 || c.ReadinessProbe == nil || c.LivenessProbe == nil || c.StartupProbe == nil {
			t.Errorf("deployment %s does not select its own pods, or is not asked how it is", d.Name)
		}
	}
	if len(m.policies) != 1 || len(m.jobs) != 1 || !slices.Equal(m.jobs[0].Spec.Template.Spec.Containers[0].Args, []string{"migrate"}) {
		t.Errorf("there are %d policies and %d jobs", len(m.policies), len(m.jobs))
	}
}
