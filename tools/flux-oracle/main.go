// Renders Flux Kustomizations as kustomize-controller 1.10 does, with its own packages. Reads one JSON request a line and
// writes one JSON answer a line. The tree is copied first, since the controller writes into it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/kustomize"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/yaml"
)

type request struct {
	// Root of the artifact.
	Root string `json:"root"`
	// The Flux Kustomization, YAML.
	Kustomization string `json:"kustomization"`
	// ConfigMaps and Secrets of the cluster, YAML.
	Sources []string `json:"sources"`
	Strict  bool     `json:"strict"`
}

type answer struct {
	Text  string `json:"text,omitempty"`
	Error string `json:"error,omitempty"`
}

// The copy of the root asked for last, since requests for one root follow each other.
type lastCopy struct{ from, to string }

var copies lastCopy

func (last *lastCopy) of(root string) (string, error) {
	if last.from == root {
		return last.to, nil
	}
	last.drop()
	to, err := os.MkdirTemp("", "flux-oracle-")
	if err == nil {
		to, err = filepath.EvalSymlinks(to)
	}
	if err == nil {
		err = os.CopyFS(to, os.DirFS(root))
	}
	last.from, last.to = root, to
	return to, err
}

func (last *lastCopy) drop() {
	if last.to != "" {
		os.RemoveAll(last.to)
	}
	*last = lastCopy{}
}

func main() {
	defer copies.drop()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			var asked request
			if failure := json.Unmarshal(line, &asked); failure != nil {
				fmt.Fprintln(os.Stderr, failure)
				os.Exit(2)
			}
			text, failure := render(asked)
			if failure != nil {
				_ = out.Encode(answer{Error: failure.Error()})
			} else {
				_ = out.Encode(answer{Text: text})
			}
		}
		if err != nil {
			return
		}
	}
}

func render(asked request) (text string, err error) {
	// A schema that cannot be read panics in kustomize; the controller recovers in SecureBuild, not in all of it.
	defer func() {
		if recovered := recover(); recovered != nil {
			err = fmt.Errorf("panic: %v", recovered)
		}
	}()
	var owner kustomizev1.Kustomization
	if err := yaml.Unmarshal([]byte(asked.Kustomization), &owner); err != nil {
		return "", fmt.Errorf("kustomization: %w", err)
	}
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&owner)
	if err != nil {
		return "", err
	}
	object := unstructured.Unstructured{Object: content}
	kube, err := cluster(asked.Sources)
	if err != nil {
		return "", err
	}
	root, err := copies.of(asked.Root)
	if err != nil {
		return "", err
	}
	directory := filepath.Join(root, filepath.Clean("/"+owner.Spec.Path))
	action, err := kustomize.NewGenerator(root, object).WriteFile(directory, kustomize.WithSaveOriginalKustomization())
	defer func() {
		if failure := kustomize.CleanDirectory(directory, action); failure != nil {
			copies.drop()
		}
	}()
	if err != nil {
		return "", err
	}
	objects, err := kustomize.SecureBuild(root, directory, false)
	if err != nil {
		return "", err
	}
	for _, one := range objects.Resources() {
		if owner.Spec.PostBuild == nil {
			continue
		}
		always := owner.Spec.PostBuild.SubstituteStrategy == kustomizev1.SubstituteStrategyAlways
		made, err := kustomize.SubstituteVariables(context.Background(), kube, object, one,
			kustomize.SubstituteWithStrict(asked.Strict), kustomize.SubstituteWithAlways(always))
		if err != nil {
			return "", fmt.Errorf("post build failed for '%s': %w", one.GetName(), err)
		}
		if made != nil {
			if _, err := objects.Replace(made); err != nil {
				return "", err
			}
		}
	}
	for _, one := range objects.Resources() {
		labels, annotations := one.GetLabels(), one.GetAnnotations()
		if common := owner.Spec.CommonMetadata; common != nil {
			maps.Copy(labels, common.Labels)
			maps.Copy(annotations, common.Annotations)
			if len(common.Annotations) > 0 {
				if err := one.SetAnnotations(annotations); err != nil {
					return "", err
				}
			}
		}
		labels[kustomizev1.GroupVersion.Group+"/name"] = owner.Name
		labels[kustomizev1.GroupVersion.Group+"/namespace"] = owner.Namespace
		if err := one.SetLabels(labels); err != nil {
			return "", err
		}
	}
	printed, err := objects.AsYaml()
	return string(printed), err
}

func cluster(sources []string) (client.Client, error) {
	scheme := runtime.NewScheme()
	if err := corev1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	builder := fake.NewClientBuilder().WithScheme(scheme)
	for _, source := range sources {
		var kind struct {
			Kind string `json:"kind"`
		}
		if err := yaml.Unmarshal([]byte(source), &kind); err != nil {
			return nil, err
		}
		var object client.Object = &corev1.ConfigMap{}
		if kind.Kind == "Secret" {
			object = &corev1.Secret{}
		}
		if err := yaml.Unmarshal([]byte(source), object); err != nil {
			return nil, err
		}
		if secret, ok := object.(*corev1.Secret); ok {
			if secret.Data == nil {
				secret.Data = map[string][]byte{}
			}
			for key, text := range secret.StringData {
				secret.Data[key] = []byte(text)
			}
		}
		builder = builder.WithObjects(object)
	}
	return builder.Build(), nil
}
