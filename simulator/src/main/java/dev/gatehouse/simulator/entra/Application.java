package dev.gatehouse.simulator.entra;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * An application in a tenant: its registration (credentials) and its service principal (consented roles). Each switch
 * breaks the sign-in in one way and cures it again.
 */
public final class Application {

    private final UUID id;
    private final UUID servicePrincipalId;
    private final String name;
    private final List<ApplicationSecret> secrets = new CopyOnWriteArrayList<>();
    private final List<X509Certificate> certificates = new CopyOnWriteArrayList<>();
    private final Set<String> roles = new ConcurrentSkipListSet<>();
    private volatile boolean disabled;
    private volatile boolean withoutServicePrincipal;
    private volatile boolean blockedByConditionalAccess;
    private volatile boolean publicClient;

    /**
     * An application without credentials and without any consented role.
     *
     * @param id the application (client) id
     * @param servicePrincipalId the object id of its service principal; {@code oid} in tokens
     */
    public Application(UUID id, UUID servicePrincipalId, String name) {
        this.id = id;
        this.servicePrincipalId = servicePrincipalId;
        this.name = name;
    }

    public UUID id() {
        return id;
    }

    /** The object id of its service principal. */
    public UUID servicePrincipalId() {
        return servicePrincipalId;
    }

    public String name() {
        return name;
    }

    /** Adds a secret beside those that are there, as a rotation does. */
    public void add(ApplicationSecret secret) {
        secrets.add(secret);
    }

    public void remove(ApplicationSecret secret) {
        secrets.removeIf(known -> known.keyId().equals(secret.keyId()));
    }

    public List<ApplicationSecret> secrets() {
        return List.copyOf(secrets);
    }

    /** Moves the end of every secret: into the past for AADSTS7000222, into the future for the cure. */
    public void moveSecretsEnd(Instant end) {
        UnaryOperator<ApplicationSecret> move = secret -> secret.expiringAt(end);
        secrets.replaceAll(move);
    }

    /** Registers a certificate, with which the application may sign assertions from now on. */
    public void add(X509Certificate certificate) {
        certificates.add(certificate);
    }

    /** Takes a certificate away: AADSTS700027. */
    public void remove(X509Certificate certificate) {
        certificates.remove(certificate);
    }

    /** From now on, it may sign assertions with these certificates and no other. */
    public void replaceCertificates(List<X509Certificate> fresh) {
        certificates.clear();
        certificates.addAll(fresh);
    }

    /** The certificates with which it may sign assertions. */
    public List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /** An administrator consents to application permissions, e.g. {@code SecurityAlert.Read.All}. */
    public void grant(Collection<String> permissions) {
        roles.addAll(permissions);
    }

    /** Takes a consent back. Tokens that were issued before keep the role until they end, as Microsoft's do. */
    public void revoke(String permission) {
        roles.remove(permission);
    }

    /** The consented application permissions, in alphabetical order. */
    public Set<String> roles() {
        return new TreeSet<>(roles);
    }

    /** AADSTS7000112. */
    public void disable(boolean disable) {
        this.disabled = disable;
    }

    public boolean isDisabled() {
        return disabled;
    }

    /** AADSTS7000229: the registration is there, the service principal is not. */
    public void removeServicePrincipal(boolean remove) {
        this.withoutServicePrincipal = remove;
    }

    public boolean isWithoutServicePrincipal() {
        return withoutServicePrincipal;
    }

    /** AADSTS53003. */
    public void blockByConditionalAccess(boolean block) {
        this.blockedByConditionalAccess = block;
    }

    boolean isBlockedByConditionalAccess() {
        return blockedByConditionalAccess;
    }

    /** AADSTS700025: a public client must not send a credential. */
    public void makePublicClient(boolean makePublic) {
        this.publicClient = makePublic;
    }

    boolean isPublicClient() {
        return publicClient;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, id);
    }
}
