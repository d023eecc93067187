/** The files of `swagger-ui-dist` that the page needs, with their content types. */
export const SWAGGER_FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png'
};

/**
 * Returns an HTML page to browse the OpenAPI document. It loads {@link SWAGGER_FILES} and `start.js`, which {@link openApiStart} returns: content security
 * policies permit no inline script.
 * @param files the URL of the folder with these files, with a final `/`; empty for the folder of the page
 * @param above HTML to insert at the top of the page
 */
export function openApiPage(files: string, above = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Wabus: HTTP</title>
<link rel="stylesheet" href="${files}swagger-ui.css">
<link rel="icon" href="${files}favicon-32x32.png">
<style>body { margin: 0; } body > p { margin: 1rem 20px 0; font-family: sans-serif; } .dark-mode a { color: #7fb5ff; }</style>
</head>
<body>
${above}<div id="ui"></div>
<script src="${files}swagger-ui-bundle.js"></script>
<script src="${files}start.js"></script>
</body>
</html>
`;
}

/** Swagger UI has a dark scheme, but the page must ask for it: it follows the system, also while the page is open. */
const SCHEME = `const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
`;

/** Returns the script that starts the page. `more` contains further settings of Swagger UI. */
export function openApiStart(documentUrl: string, more: Readonly<Record<string, unknown>> = {}): string {
  const settings = { url: documentUrl, dom_id: '#ui', deepLinking: true, docExpansion: 'none', filter: true, validatorUrl: null, ...more };
  return `${SCHEME}SwaggerUIBundle(${JSON.stringify(settings)});\n`;
}
