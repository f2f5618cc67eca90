module.exports = {
	...require('./dist/credentials/AppStoreConnectJwtApi.credentials.js'),
	...require('./dist/credentials/GithubAppJwtApi.credentials.js'),
	...require('./dist/credentials/GoogleServiceAccountJwtApi.credentials.js'),
	...require('./dist/credentials/JwtExchangeApi.credentials.js'),
	...require('./dist/credentials/JwtSignApi.credentials.js'),
	...require('./dist/credentials/JwtTokenApi.credentials.js'),
	...require('./dist/nodes/JwtHttpRequest/JwtHttpRequest.node.js'),
	...require('./dist/nodes/JwtSign/JwtSign.node.js'),
	...require('./dist/nodes/JwtVerify/JwtVerify.node.js'),
};
