package dev.gatehouse.simulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.simulator.http.Json;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues access tokens and checks them. They have the shape of Graph's real ones (version 1.0, {@code iss} under
 * {@code sts.windows.net}), signed with a key that is made at every start.
 */
public final class Tokens {

    /** How long a token is good for, as Microsoft says it: an hour without a second. */
    static final Duration LIFETIME = Duration.ofSeconds(3599);

    /** Microsoft dates tokens back so that clocks may differ a little. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final RSAKey key;
    private final RSASSASigner signer;
    private final RSASSAVerifier verifier;

    /** An issuer with a new key. */
    public Tokens() {
        try {
            this.key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            this.signer = new RSASSASigner(key);
            this.verifier = new RSASSAVerifier(key);
        } catch (JOSEException exception) {
            throw new IllegalStateException("Every JDK can make an RSA key", exception);
        }
    }

    /** How an application proved who it is; {@code appidacr} in the token. */
    enum Proof {
        SECRET("1"),
        CERTIFICATE("2");

        private final String claim;

        Proof(String claim) {
            this.claim = claim;
        }
    }

    /**
     * What a token says, once it was found good.
     *
     * @param roles consented application permissions; empty when the token has none
     * @param userId who is signed in; absent when an application acts for itself
     * @param scopes consented delegated permissions; empty when an application acts for itself
     */
    public record Access(
            UUID tenantId,
            UUID applicationId,
            String audience,
            List<String> roles,
            Optional<UUID> userId,
            List<String> scopes) {}

    /** Somebody who signs in with a browser or a device code. */
    public record User(UUID id, String userPrincipalName, String displayName, List<UUID> roleTemplateIds) {

        public User {
            roleTemplateIds = List.copyOf(roleTemplateIds);
        }
    }

    /** What can be wrong with a token. */
    public enum Fault {
        MALFORMED,
        SIGNATURE,
        EXPIRED,
        NOT_YET_VALID
    }

    /** Good or not. */
    public sealed interface Verdict {

        /** The token is ours and in its time. */
        record Good(Access access) implements Verdict {}

        /** The token opens nothing. */
        record Bad(Fault fault) implements Verdict {}
    }

    @SuppressWarnings("JavaUtilDate") // what the JWT library takes
    String issue(TenantDirectory tenant, Application application, String audience, Proof proof, Instant now) {
        var claims = new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer("https://sts.windows.net/%s/".formatted(tenant.id()))
                .issueTime(Date.from(now.minus(SLACK)))
                .notBeforeTime(Date.from(now.minus(SLACK)))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("app_displayname", application.name())
                .claim("appid", application.id().toString())
                .claim("appidacr", proof.claim)
                .claim("idp", "https://sts.windows.net/%s/".formatted(tenant.id()))
                .claim("idtyp", "app")
                .claim("oid", application.servicePrincipalId().toString())
                .subject(application.servicePrincipalId().toString())
                .claim("tid", tenant.id().toString())
                .claim("uti", UUID.randomUUID().toString().replace("-", ""))
                .claim("ver", "1.0");
        var roles = List.copyOf(application.roles());
        if (!roles.isEmpty()) {
            claims.claim("roles", roles);
        }
        return sign(claims.build());
    }

    /** A token with which a client acts for a user, with the delegated permissions given. */
    @SuppressWarnings("JavaUtilDate") // what the JWT library takes
    public String issueFor(
            User user, TenantDirectory tenant, String clientId, String audience, List<String> scopes, Instant now) {
        return sign(new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer("https://sts.windows.net/%s/".formatted(tenant.id()))
                .issueTime(Date.from(now.minus(SLACK)))
                .notBeforeTime(Date.from(now.minus(SLACK)))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("appid", clientId)
                .claim("appidacr", "0")
                .claim("idtyp", "user")
                .claim("name", user.displayName())
                .claim("oid", user.id().toString())
                .subject(user.id().toString())
                .claim("scp", String.join(" ", scopes))
                .claim("tid", tenant.id().toString())
                .claim("upn", user.userPrincipalName())
                .claim("ver", "1.0")
                .claim(
                        "wids",
                        user.roleTemplateIds().stream().map(UUID::toString).toList())
                .build());
    }

    /** A token that tells a client who has signed in. */
    @SuppressWarnings("JavaUtilDate") // what the JWT library takes
    public String identify(User user, TenantDirectory tenant, String clientId, String issuer, Instant now) {
        return sign(new JWTClaimsSet.Builder()
                .audience(clientId)
                .issuer(issuer)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("name", user.displayName())
                .claim("oid", user.id().toString())
                .claim("preferred_username", user.userPrincipalName())
                .subject(user.id().toString())
                .claim("tid", tenant.id().toString())
                .claim("ver", "2.0")
                .build());
    }

    private String sign(JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID())
                    .build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException exception) {
            throw new IllegalStateException("An RSA key can always sign", exception);
        }
    }

    /** Looks at a token as Graph does: is it ours, and is it in its time? Audience and roles are for the caller. */
    @SuppressWarnings("JavaUtilDate") // what the JWT library gives
    public Verdict check(String token, Instant now) {
        try {
            var jwt = SignedJWT.parse(token);
            if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256) || !jwt.verify(verifier)) {
                return new Verdict.Bad(Fault.SIGNATURE);
            }
            var claims = jwt.getJWTClaimsSet();
            if (!now.isBefore(claims.getExpirationTime().toInstant())) {
                return new Verdict.Bad(Fault.EXPIRED);
            }
            if (now.plus(SLACK).isBefore(claims.getNotBeforeTime().toInstant())) {
                return new Verdict.Bad(Fault.NOT_YET_VALID);
            }
            var roles = claims.getStringListClaim("roles");
            return new Verdict.Good(new Access(
                    UUID.fromString(claims.getStringClaim("tid")),
                    UUID.fromString(claims.getStringClaim("appid")),
                    claims.getAudience().getFirst(),
                    roles == null ? List.of() : List.copyOf(roles),
                    "user".equals(claims.getStringClaim("idtyp"))
                            ? Optional.of(UUID.fromString(claims.getStringClaim("oid")))
                            : Optional.empty(),
                    scopes(claims.getStringClaim("scp"))));
        } catch (ParseException | JOSEException exception) {
            return new Verdict.Bad(Fault.MALFORMED);
        }
    }

    private static List<String> scopes(@Nullable String claim) {
        return claim == null || claim.isBlank() ? List.of() : List.of(claim.split(" "));
    }

    /** The public key, for {@code /discovery/v2.0/keys}. */
    ObjectNode keys(String issuer) {
        var keys = Json.object();
        keys.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("kid", key.getKeyID())
                .put("n", key.getModulus().toString())
                .put("e", key.getPublicExponent().toString())
                .put("issuer", issuer);
        return keys;
    }
}
