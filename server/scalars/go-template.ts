// The part of Go's text/template that ResourceSets are written in; what is beyond it is said to be unknown.
export { renderTemplate, type RenderedTemplate, type TemplateHost } from './go-template/render';
