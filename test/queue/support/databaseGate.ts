import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HOST } from '../../../playground/ports';
import type { Server } from './servers';

/** What a process asks of PostgreSQL in one go. */
export interface Statement {
	sql: string;
	/** Bound to the placeholders of the SQL, as text. */
	values: string[];
}

/** Looks at every statement on its way. A promise that stays open keeps the process waiting. */
export interface Gatekeeper {
	/** Before PostgreSQL gets it; false: PostgreSQL never does. */
	sent(statement: Statement): Promise<boolean>;
	/** Once PostgreSQL has done it, and before the process hears of that. */
	answered(statement: Statement): Promise<void>;
}

/** One message of PostgreSQL's protocol, version 3. */
interface Message {
	/** Empty for the first one of a process, which has none. */
	type: string;
	body: Buffer;
	whole: Buffer;
}

/** Cuts a stream into messages. @param startsUntyped whether the first message is a process's */
function messageReader(startsUntyped: boolean): (chunk: Buffer) => Message[] {
	let rest: Buffer = Buffer.alloc(0);
	let typeLength = startsUntyped ? 0 : 1;
	return (chunk) => {
		rest = Buffer.concat([rest, chunk]);
		const messages: Message[] = [];
		while (rest.length >= typeLength + 4) {
			const end = typeLength + rest.readUInt32BE(typeLength);
			if (rest.length < end) break;
			const whole = rest.subarray(0, end);
			const type = whole.toString('latin1', 0, typeLength);
			messages.push({ type, body: whole.subarray(typeLength + 4), whole });
			rest = rest.subarray(end);
			typeLength = 1;
		}
		return messages;
	};
}

/** The text up to the next zero byte, and where what follows it begins. */
function textAt(body: Buffer, start: number): { text: string; next: number } {
	const end = body.indexOf(0, start);
	return { text: body.toString('utf8', start, end), next: end + 1 };
}

/** The SQL of a message Parse or Query. */
function sqlOf({ type, body }: Message): string {
	return textAt(body, type === 'P' ? textAt(body, 0).next : 0).text;
}

/** The values of a message Bind. */
function valuesOf(body: Buffer): string[] {
	const formats = textAt(body, textAt(body, 0).next).next;
	let at = formats + 2 + 2 * body.readUInt16BE(formats);
	const values: string[] = [];
	for (let left = body.readUInt16BE(at); left > 0; left -= 1) {
		const length = Math.max(0, body.readInt32BE(at + 2));
		values.push(body.toString('utf8', at + 6, at + 6 + length));
		at += 4 + length;
	}
	return values;
}

function statementOf(messages: Message[]): Statement {
	const texts = messages.filter(({ type }) => ['P', 'Q'].includes(type)).map(sqlOf);
	const bound = messages.filter(({ type }) => type === 'B');
	return { sql: texts.join(';'), values: bound.flatMap(({ body }) => valuesOf(body)) };
}

/** Ends a message by which a process asks for an answer: Sync, Query, Terminate, or one of the login. */
const ENDS_A_QUESTION = ['S', 'Q', 'X', 'p', ''];

/** Hands one connection on, statement by statement. */
function handOn(client: Socket, server: Socket, gatekeeper: Gatekeeper): void {
	const readClient = messageReader(true);
	const readServer = messageReader(false);
	let question: Message[] = [];
	let answer: Buffer[] = [];
	let asked: Statement | undefined;
	let before = Promise.resolve();

	const ask = async (messages: Message[]) => {
		const statement = statementOf(messages);
		if (!(await gatekeeper.sent(statement))) return;
		asked = statement;
		server.write(Buffer.concat(messages.map(({ whole }) => whole)));
	};
	client.on('data', (chunk: Buffer) => {
		for (const message of readClient(chunk)) {
			question.push(message);
			if (!ENDS_A_QUESTION.includes(message.type)) continue;
			const messages = question;
			question = [];
			before = before.then(async () => await ask(messages));
		}
	});
	server.on('data', (chunk: Buffer) => {
		for (const { type, whole } of readServer(chunk)) {
			answer.push(whole);
			// During the login PostgreSQL asks back; later on ReadyForQuery is the last word.
			if (asked?.sql && type !== 'Z') continue;
			const bytes = Buffer.concat(answer);
			const told = gatekeeper.answered(asked ?? { sql: '', values: [] });
			void told.then(() => client.write(bytes));
			answer = [];
			asked = undefined;
		}
	});
	// What a process has sent arrives even if it is dead by then.
	client.on('close', () => void before.then(() => server.end()));
	server.on('close', () => client.destroy());
	for (const socket of [client, server]) socket.on('error', () => socket.destroy());
}

/** Starts what one process takes for PostgreSQL. */
export async function startGate(postgresPort: number, gatekeeper: Gatekeeper): Promise<Server> {
	const sockets = new Set<Socket>();
	const listener = createServer((client) => {
		const server = connect(postgresPort, HOST);
		for (const socket of [client, server]) {
			sockets.add(socket.setNoDelay(true));
			socket.once('close', () => sockets.delete(socket));
		}
		handOn(client, server, gatekeeper);
	});
	await new Promise<void>((resolve) => listener.listen(0, HOST, resolve));
	return {
		port: (listener.address() as AddressInfo).port,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => listener.close(resolve));
		},
	};
}
