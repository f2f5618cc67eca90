const { JwtExchangeApi } = require('./dist/credentials/JwtExchangeApi.credentials.js');
const { JwtSignApi } = require('./dist/credentials/JwtSignApi.credentials.js');
const { JwtTokenApi } = require('./dist/credentials/JwtTokenApi.credentials.js');
const { JwtHttpRequest } = require('./dist/nodes/JwtHttpRequest/JwtHttpRequest.node.js');
const { JwtSign } = require('./dist/nodes/JwtSign/JwtSign.node.js');

module.exports = { JwtExchangeApi, JwtSignApi, JwtTokenApi, JwtHttpRequest, JwtSign };
