import type {
	BinaryHelperFunctions,
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
} from 'n8n-workflow';
import type { Hop } from '../../../core/http/redirects';
import type { Deadline } from '../../../core/request/deadline';
import type { ItemCredential } from '../read/credential';
import type { NodeOptions } from '../read/options';
import type { ItemSecrets } from './itemSecrets';

/** What a request needs beside itself. */
export interface Sender {
	context: IExecuteFunctions;
	itemIndex: number;
	credential: ItemCredential;
	options: NodeOptions;
	secrets: ItemSecrets;
	/** Statuses other than 2xx that are answers as well. */
	expectedStatuses?: readonly number[];
}

/** A body that is still arriving. */
export type ResponseStream = Exclude<
	Parameters<BinaryHelperFunctions['prepareBinaryData']>[0],
	Buffer
>;

/** A response whose headers have arrived. */
export interface SentResponse {
	statusCode: number;
	statusMessage: string;
	headers: IDataObject;
	body: ResponseStream;
	/** Bounds the arrival of the body too. */
	deadline: Deadline;
	/** Closes the connection, unless the body has been read. */
	close(): void;
}

/** The answer at the end of a chain of redirects. */
export interface FollowedResponse extends SentResponse {
	/** The request it answers. */
	hop: Hop;
}

/** An answer that is output as a file, which n8n has stored. */
export type FileAnswer = Omit<FollowedResponse, 'body'> & {
	kind: 'file';
	/** Undefined for a status that only ends a pagination: it is not output. */
	file: IBinaryData | undefined;
};

/** An answer whose body has been read. */
export type ReadAnswer = Omit<FollowedResponse, 'body'> & { kind: 'json' | 'text'; body: Buffer };

/** An answer the person wants to see. */
export type Answer = FileAnswer | ReadAnswer;
