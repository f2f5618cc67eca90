"""An authorization server of Authlib's parts for RFC 7523, with an API behind it.

Arguments: a JSON file with the public keys (`keys`) and a secret (`secret`), and a port.
"""

import json
import sys

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.jose import JsonWebKey
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion, JWTBearerGrant
from flask import Flask, jsonify

with open(sys.argv[1], encoding="utf-8") as file:
    settings = json.load(file)
port = int(sys.argv[2])
TOKEN_URL = f"http://127.0.0.1:{port}/oauth/token"
ASSERTION_METHOD = JWTBearerClientAssertion.CLIENT_AUTH_METHOD
USERS = ("alice", "bob")

key_set = JsonWebKey.import_key_set(settings["keys"])
issued = {}
used_ids = set()
exchanges = []


class Client(ClientMixin):
    def __init__(self, client_id, grant_type, secret=None):
        self.client_id = client_id
        self.grant_type = grant_type
        self.secret = secret

    def get_client_id(self):
        return self.client_id

    def get_allowed_scope(self, scope):
        return " ".join(word for word in (scope or "").split() if word in ("read", "write"))

    def check_endpoint_auth_method(self, method, endpoint):
        return method == ASSERTION_METHOD

    def check_grant_type(self, grant_type):
        return grant_type == self.grant_type


CLIENTS = {
    client.client_id: client
    for client in (
        Client("grants", JWTBearerGrant.GRANT_TYPE),
        Client("with-key", "client_credentials"),
        Client("with-secret", "client_credentials", settings["secret"]),
    )
}


class User:
    def __init__(self, name):
        self.name = name

    def get_user_id(self):
        return self.name


class Assertion(JWTBearerClientAssertion):
    def validate_jti(self, claims, jti):
        if jti in used_ids:
            return False
        used_ids.add(jti)
        return True

    def resolve_client_public_key(self, client, headers):
        return client.secret or key_set.find_by_kid(headers["kid"])


class ClientCredentials(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [ASSERTION_METHOD]


class Bearer(JWTBearerGrant):
    CLAIMS_OPTIONS = {
        "iss": {"essential": True},
        "aud": {"essential": True, "value": TOKEN_URL},
        "exp": {"essential": True},
    }

    def resolve_issuer_client(self, issuer):
        return CLIENTS.get(issuer)

    def resolve_client_key(self, client, headers, payload):
        return key_set.find_by_kid(headers["kid"])

    def authenticate_user(self, subject):
        return User(subject) if subject in USERS else None

    def has_granted_permission(self, client, user):
        return True


class Token:
    def __init__(self, client_id, subject, scope):
        self.client_id = client_id
        self.subject = subject
        self.scope = scope

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return False

    def is_revoked(self):
        return False


class Tokens(BearerTokenValidator):
    def authenticate_token(self, token_string):
        return issued.get(token_string)


def save_token(token, request):
    subject = request.user.name if request.user else None
    client_id = request.client.client_id
    exchanges.append(client_id)
    issued[token["access_token"]] = Token(client_id, subject, token.get("scope", ""))


app = Flask("authorization server")
server = AuthorizationServer(app, query_client=CLIENTS.get, save_token=save_token)
server.register_client_auth_method(ASSERTION_METHOD, Assertion(TOKEN_URL))
server.register_grant(ClientCredentials)
server.register_grant(Bearer)
protect = ResourceProtector()
protect.register_token_validator(Tokens())


@app.post("/oauth/token")
def token():
    return server.create_token_response()


@app.get("/orders")
@protect("read")
def orders():
    return jsonify(client=current_token.client_id, subject=current_token.subject)


@app.get("/exchanges")
def count():
    return jsonify(exchanges)


app.run("127.0.0.1", port)
