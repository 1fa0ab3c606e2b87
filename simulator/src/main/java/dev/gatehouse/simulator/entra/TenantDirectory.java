package dev.gatehouse.simulator.entra;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One tenant: its name, its domain and the applications that it knows. Everything can be changed while the cloud runs;
 * changes hold from the next request on.
 */
public final class TenantDirectory {

    private final UUID id;
    private final String name;
    private final String domain;
    private final List<Application> applications = new CopyOnWriteArrayList<>();
    private volatile boolean suspended;
    private volatile Runnable beforeLook = () -> {};
    private volatile Optional<String> nationalCloud = Optional.empty();

    /**
     * A tenant without applications.
     *
     * @param name as people call it, e.g. {@code Contoso}
     * @param domain a verified domain, e.g. {@code contoso.onmicrosoft.com}
     */
    public TenantDirectory(UUID id, String name, String domain) {
        this.id = id;
        this.name = name;
        this.domain = domain;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String domain() {
        return domain;
    }

    boolean isCalled(String idOrDomain) {
        return id.toString().equalsIgnoreCase(idOrDomain) || domain.equalsIgnoreCase(idOrDomain);
    }

    /** Adds an application. */
    public void add(Application application) {
        applications.add(application);
    }

    /** Forgets an application: from now on sign-ins end with AADSTS700016. */
    public void remove(Application application) {
        applications.remove(application);
    }

    /** What has to happen before anybody looks for applications, e.g. changes that have become due. */
    public void beforeLook(Runnable happening) {
        this.beforeLook = happening;
    }

    public List<Application> applications() {
        beforeLook.run();
        return List.copyOf(applications);
    }

    /** Finds an application by its application (client) id. */
    public Optional<Application> application(String applicationId) {
        return applications().stream()
                .filter(application -> application.id().toString().equalsIgnoreCase(applicationId))
                .findFirst();
    }

    /** Takes the whole tenant away (AADSTS5000224) or brings it back. */
    public void suspend(boolean suspend) {
        this.suspended = suspend;
    }

    boolean isSuspended() {
        return suspended;
    }

    /**
     * Says that the tenant lives in another of Microsoft's clouds (AADSTS90038), e.g. {@code microsoftonline.us}; empty
     * brings it back.
     */
    public void moveToNationalCloud(Optional<String> cloud) {
        this.nationalCloud = cloud;
    }

    Optional<String> nationalCloud() {
        return nationalCloud;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, id);
    }
}
