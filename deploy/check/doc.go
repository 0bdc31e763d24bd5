// Package check holds what stands under deploy/ against what reads it: the manifests against
// the types of Kubernetes, strictly, and the units against systemd. It is a module of its own,
// since the program needs none of these types.
package check
