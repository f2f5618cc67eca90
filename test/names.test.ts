import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..');

/** A function with a name, and what it gives back; where it is asynchronous, in the end. */
interface NamedFunction {
	place: string;
	name: string;
	result: ts.Type;
	isAssertion: boolean;
}

function openProgram(): ts.Program {
	const file = path.join(root, 'tsconfig.json');
	const { config, error } = ts.readConfigFile(file, (name) => readFileSync(name, 'utf8'));
	if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
	const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	return ts.createProgram(fileNames, { ...options, noEmit: true });
}

const program = openProgram();
const checker = program.getTypeChecker();

const sources = program
	.getSourceFiles()
	.map((source) => ({ source, file: path.relative(root, source.fileName) }))
	.filter(({ file }) => /^(core|credentials|nodes)[\\/]/.test(file));

/** The name of a function, of a method, or of the constant or member that an arrow function is. */
function nameOf(node: ts.Node): string | undefined {
	const holder = ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parent : node;
	const { name } = holder as ts.NamedDeclaration;
	return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))
		? name.text.replace(/^#/, '')
		: undefined;
}

function functionsOf(source: ts.SourceFile, file: string): NamedFunction[] {
	const found: NamedFunction[] = [];
	const visit = (node: ts.Node): void => {
		ts.forEachChild(node, visit);
		if (!ts.isFunctionLike(node) || ts.isConstructorDeclaration(node)) return;
		const name = nameOf(node);
		const signature = checker.getSignatureFromDeclaration(node as ts.SignatureDeclaration);
		if (name === undefined || !signature) return;
		const returned = checker.getReturnTypeOfSignature(signature);
		const predicate = checker.getTypePredicateOfSignature(signature);
		const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
		found.push({
			place: `${file.split(path.sep).join('/')}:${line + 1}`,
			name,
			result: checker.getAwaitedType(returned) ?? returned,
			isAssertion:
				predicate?.kind === ts.TypePredicateKind.AssertsIdentifier ||
				predicate?.kind === ts.TypePredicateKind.AssertsThis,
		});
	};
	visit(source);
	return found;
}

const functions = sources.flatMap(({ source, file }) => functionsOf(source, file));

const partsOf = (type: ts.Type): ts.Type[] => (type.isUnion() ? type.types : [type]);

const isOnly = (type: ts.Type, flags: ts.TypeFlags): boolean =>
	partsOf(type).every((part) => (part.flags & flags) !== 0);

/** Whether a type is `Error` or a class that extends it, {@link JwtAuthError} among them. */
function isErrorType(type: ts.Type): boolean {
	if (type.symbol?.name === 'Error') return true;
	return type.isClassOrInterface() && checker.getBaseTypes(type).some(isErrorType);
}

/** Where a function is that breaks a rule, its name, and what it gives back. */
function breaches(isBreach: (candidate: NamedFunction) => boolean): string[] {
	return functions
		.filter(isBreach)
		.map(({ place, name, result }) => `${place} ${name}: ${checker.typeToString(result)}`);
}

// CONTRIBUTING.md, "Names".
describe('the names of functions', () => {
	it('are read, and so are the types', () => {
		const byName = new Map(functions.map((each) => [each.name, each.result]));
		const { jwkProblem, toError, assertIssuerAddress } = Object.fromEntries(byName);
		expect(functions.length).toBeGreaterThan(1000);
		expect(jwkProblem && checker.typeToString(jwkProblem)).toBe('JwtAuthError | undefined');
		expect(toError && isErrorType(toError)).toBe(true);
		expect(assertIssuerAddress && checker.typeToString(assertIssuerAddress)).toBe('void');
	});

	it('end with Error where an error is given back, or with Problem where it is one or none', () => {
		expect(
			breaches(({ name, result }) => {
				const given = partsOf(result).filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
				if (given.length === 0 || !given.every(isErrorType)) return false;
				const isOptional = given.length < partsOf(result).length;
				return !(isOptional ? /(Error|[pP]roblem)$/ : /Error$/).test(name);
			}),
		).toEqual([]);
	});

	it('begin with is, has, holds, allows or can where the answer is yes or no', () => {
		expect(
			breaches(
				({ name, result }) =>
					/^(is|has|holds|allows|can)[A-Z]/.test(name) && !isOnly(result, ts.TypeFlags.BooleanLike),
			),
		).toEqual([]);
	});

	it('begin with assert or refuse where nothing is given back, and always where nothing can be', () => {
		expect(
			breaches(
				({ name, result }) =>
					isOnly(result, ts.TypeFlags.Never) && !/^(assert|refuse)([A-Z]|$)/.test(name),
			),
		).toEqual([]);
		expect(
			breaches(
				({ name, result, isAssertion }) =>
					/^(assert|refuse)([A-Z]|$)/.test(name) &&
					!isAssertion &&
					!isOnly(result, ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never),
			),
		).toEqual([]);
	});
});
