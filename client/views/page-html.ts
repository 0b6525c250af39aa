/** Addresses of the page's files as the webview may load them, and the one-time word that lets them in. */
export interface PageFiles {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Letters and digits only. */
  readonly nonce: string;
}

/**
 * The document of a page. Its policy refuses everything but the two files and what they make; no inline script or
 * style runs. The control library asks for the nonce in the element `csp-nonce` and puts it on the style it adds.
 */
export function pageHtml({ title, script, style, nonce }: PageFiles): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<title>${attribute(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${attribute(style)}">
</head>
<body>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
