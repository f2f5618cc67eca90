/**
 * Whether a text holds `{{ … }}`, the form of n8n's expressions. As the content of a field it was
 * meant to be computed; as data of an item it is a text like any other.
 */
export function holdsExpression(text: string): boolean {
	const start = text.indexOf('{{');
	return start >= 0 && text.includes('}}', start + 2);
}

/** Whether a text inside JSON is an expression of its own, which n8n computes by itself. */
export function isMarkedExpression(text: string): boolean {
	return text.startsWith('=') && holdsExpression(text);
}

/**
 * What a form says above a JSON field that is an expression as a whole.
 *
 * @param label the field as the person calls it
 */
export function wholeExpressionNotice(label: string): string {
	return (
		`${label} is an expression as a whole: n8n writes data into its text, so that a quote in the ` +
		'data of an item can add members of its own or change others. Switch it to Fixed, and put ' +
		'each expression between the quotes of one value: "sub": "={{ $json.user }}"'
	);
}
