/** The fields for one part of the request that is given either by rows or as JSON. */
export interface PairFields {
	/** What the person calls the part. */
	label: string;
	/** Name of the switch for it. */
	send: string;
	/** Name of the field that chooses between rows and JSON. */
	specify: string;
	/** Name of the field with the rows. */
	rows: string;
	/** Name of the field with the JSON. */
	json: string;
}

/** The query; names as in n8n's own HTTP Request node. */
export const QUERY_FIELDS: PairFields = {
	label: 'Query Parameters',
	send: 'sendQuery',
	specify: 'specifyQuery',
	rows: 'queryParameters',
	json: 'jsonQuery',
};

/** The headers; names as in n8n's own HTTP Request node. */
export const HEADER_FIELDS: PairFields = {
	label: 'Headers',
	send: 'sendHeaders',
	specify: 'specifyHeaders',
	rows: 'headerParameters',
	json: 'jsonHeaders',
};
