import type { EditorType } from 'n8n-workflow';

/** Type options of a JSON field whose values may be expressions, each resolved by itself. */
export const jsonOptions = {
	rows: 3,
	// Without an editor of its own, n8n's form turns a text with {{ }} into a whole-field expression.
	// n8n draws the JSON editor for this name, but its types do not list it.
	editor: 'json' as string as EditorType,
	resolveCredentialJsonLeaves: true,
	ignoreCredentialExpressionResolveError: true,
};

/** The same for a field whose values are secret. */
export const secretJsonOptions = { ...jsonOptions, redactJsonLeaves: true };
