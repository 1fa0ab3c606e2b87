package dev.gatehouse.workbench.platform.settings;

import dev.gatehouse.model.Feed;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.util.unit.DataSize;

/**
 * Everything an operator can set, with its defaults. Each name below stands under {@code gatehouse.} in the
 * configuration file, as {@code GATEHOUSE_…} in the environment and as {@code --…} on the command line; a name that
 * nobody knows is refused, so that a typing error does not pass for a setting.
 *
 * @param dataDirectory where everything is kept; empty for the platform's usual place, see {@link DataDirectory}
 * @param secretKeyFile the key that client secrets are sealed with; empty for {@code secret.key} in the data directory
 * @param providerProfile a JSON file that says who the security provider is; empty for the built-in one
 * @param database which PostgreSQL to use
 * @param server where the screens and the API listen, and how people get there
 * @param poll how Microsoft is asked
 * @param replay how much of Microsoft's limits reading the past may take
 * @param budget how often Microsoft is asked at most
 * @param reconcile when what Graph has is compared with what is here
 * @param signIn how people sign in
 * @param rotation how what devices sign in with is replaced before it ends
 * @param alerts how new alerts are tuned
 * @param files what people may upload
 * @param retention how long what was read is kept
 * @param notifications where notifications may go, and how
 * @param http how long to wait for Microsoft, and how much to take
 * @param lease how processes on one database share the devices
 * @param clouds clouds beyond the built-in ones, by name
 * @param usualCloud the name of the cloud that a tenant is in when nobody says
 * @param demo whether made-up people work on the alerts of a demonstration; never with real ones
 */
@ConfigurationProperties(prefix = "gatehouse", ignoreUnknownFields = false)
public record Settings(
        @DefaultValue("") String dataDirectory,
        @DefaultValue("") String secretKeyFile,
        @DefaultValue("") String providerProfile,
        @DefaultValue Database database,
        @DefaultValue Server server,
        @DefaultValue Poll poll,
        @DefaultValue Replay replay,
        @DefaultValue Budget budget,
        @DefaultValue Reconcile reconcile,
        @DefaultValue SignIn signIn,
        @DefaultValue Rotation rotation,
        @DefaultValue Alerts alerts,
        @DefaultValue Files files,
        @DefaultValue Retention retention,
        @DefaultValue Notifications notifications,
        @DefaultValue Http http,
        @DefaultValue Lease lease,
        @DefaultValue Map<String, CloudAddresses> clouds,
        @DefaultValue("global") String usualCloud,
        @DefaultValue("false") boolean demo) {

    public Settings {
        clouds = Map.copyOf(clouds);
    }

    /**
     * How people sign in.
     *
     * @param secondFactor who has to give a code of an authenticator app besides the password
     */
    public record SignIn(@DefaultValue("soc") SecondFactor secondFactor) {}

    /** Who has to sign in with a second factor. Whoever need not, may. */
    public enum SecondFactor {
        /** People of the provider. */
        SOC,
        /** Everybody. */
        EVERYBODY,
        /** Nobody. */
        OPTIONAL
    }

    /**
     * How new alerts are tuned, where an organization did not say otherwise.
     *
     * @param newDeviceTuning for how long after a device's first data its alerts are closed at once, unless High or Critical
     * @param floodThreshold how many alerts of one rule and directory are made in an hour before more of them are closed at
     *     once, unless High or Critical
     */
    public record Alerts(
            @DefaultValue("48h") Duration newDeviceTuning,
            @DefaultValue("100") int floodThreshold) {

        public Alerts {
            if (newDeviceTuning.isNegative() || newDeviceTuning.compareTo(Duration.ofDays(7)) > 0) {
                throw new InvalidSetting(
                        "gatehouse.alerts.new-device-tuning must be between 0 and 7 days, but was " + newDeviceTuning);
            }
            if (floodThreshold < 1) {
                throw new InvalidSetting(
                        "gatehouse.alerts.flood-threshold must be at least 1, but was " + floodThreshold);
            }
        }
    }

    /**
     * What people may upload.
     *
     * @param maxBytes the largest file
     */
    public record Files(@DefaultValue("25MB") DataSize maxBytes) {

        public Files {
            if (maxBytes.compareTo(DataSize.ofKilobytes(1)) < 0 || maxBytes.compareTo(DataSize.ofMegabytes(1024)) > 0) {
                throw new InvalidSetting(
                        "gatehouse.files.max-bytes must be between 1KB and 1024MB, but was " + maxBytes);
            }
        }
    }

    /**
     * How long what was read, and what was made of it, is kept; zero for good.
     *
     * @param huntingRows how long rows of hunting tables are kept after the end of the month in which they happened
     * @param alerts how long alerts are kept, with their vendor alerts, after they were closed and changed last
     * @param vendorIncidents how long vendor incidents are kept after they changed last
     * @param versions how long superseded versions of vendor alerts and vendor incidents are kept after they came
     */
    public record Retention(
            @DefaultValue("0d") Duration huntingRows,
            @DefaultValue("0d") Duration alerts,
            @DefaultValue("0d") Duration vendorIncidents,
            @DefaultValue("0d") Duration versions) {

        /** Microsoft keeps hunting rows for 30 days; what is forgotten sooner would be read again. */
        private static final Duration SHORTEST_OF_ROWS = Duration.ofDays(31);

        /**
         * Microsoft keeps vendor alerts and vendor incidents of Defender for Identity for 180 days
         * (learn.microsoft.com/defender-xdr/data-privacy and learn.microsoft.com/defender-for-identity/privacy-compliance); what is
         * removed sooner would come back with the next replay. Twenty days are for the time that Microsoft takes to remove them.
         */
        private static final Duration SHORTEST_OF_RECORDS = Duration.ofDays(200);

        /** A dry run looks at alerts of 30 days with what was read of their vendor alerts then. */
        private static final Duration SHORTEST_OF_VERSIONS = Duration.ofDays(31);

        public Retention {
            requireGoodOr(SHORTEST_OF_ROWS, huntingRows, "hunting-rows");
            requireGoodOr(SHORTEST_OF_RECORDS, alerts, "alerts");
            requireGoodOr(SHORTEST_OF_RECORDS, vendorIncidents, "vendor-incidents");
            requireGoodOr(SHORTEST_OF_VERSIONS, versions, "versions");
        }

        private static void requireGoodOr(Duration shortest, Duration given, String name) {
            if (!given.isZero() && given.compareTo(shortest) < 0) {
                throw new InvalidSetting("gatehouse.retention.%s must be 0d, for good, or at least %dd, but was %s"
                        .formatted(name, shortest.toDays(), words(given)));
            }
        }
    }

    /**
     * Where notifications may go, and how.
     *
     * @param allowedDestinations hosts, addresses and networks that webhooks may be in although they are in Gatehouse's own network
     * @param caCertificate path of a PEM file with authorities to trust at receivers, besides the platform's own; empty for none
     * @param mail the mail server
     */
    public record Notifications(
            @DefaultValue List<String> allowedDestinations,
            @DefaultValue("") String caCertificate,
            @DefaultValue Mail mail) {

        public Notifications {
            allowedDestinations = allowedDestinations.stream()
                    .map(String::strip)
                    .filter(destination -> !destination.isEmpty())
                    .toList();
            caCertificate = caCertificate.strip();
            for (var destination : allowedDestinations) {
                if (!isNetwork(destination) && !destination.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
                    throw new InvalidSetting(
                            "gatehouse.notifications.allowed-destinations must be host names, IP addresses and networks, for example hooks.example.com,10.1.2.0/24, but one was '%s'"
                                    .formatted(destination));
                }
            }
        }

        /** Whether a text is an address or a network, and no name. */
        public static boolean isNetwork(String text) {
            return text.matches("[0-9a-fA-F.:]+(/\\d+)?") && Server.isNetwork(text);
        }
    }

    /**
     * The mail server that notifications are sent over.
     *
     * @param host its name; empty when there is none, and nothing is sent by e-mail
     * @param port where it listens
     * @param username who signs in to it; empty when nobody does
     * @param password with which password
     * @param from whom messages come from; empty for {@code gatehouse} at the host
     * @param security how the connection is secured
     */
    public record Mail(
            @DefaultValue("") String host,
            @DefaultValue("587") int port,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String from,
            @DefaultValue("starttls") MailSecurity security) {

        public Mail {
            host = host.strip();
            from = from.isBlank() && !host.isEmpty() ? "gatehouse@" + host : from.strip();
            requireBetween(1, 65_535, port, "notifications.mail.port");
            if (!host.isEmpty() && !from.matches("[^@\\s]+@[^@\\s]+")) {
                throw new InvalidSetting(
                        "gatehouse.notifications.mail.from must be the e-mail address that messages come from, for example gatehouse@example.com");
            }
        }

        @Override
        public String toString() {
            return "Mail[%s:%d]".formatted(host, port);
        }
    }

    /** How the connection to a mail server is secured. */
    public enum MailSecurity {
        /** It becomes TLS before anybody signs in, or is given up. */
        STARTTLS,
        /** It is TLS from the beginning. */
        TLS,
        /** Not at all. */
        NONE
    }

    /**
     * Which PostgreSQL to use.
     *
     * @param url a JDBC address such as {@code jdbc:postgresql://db.example.com/gatehouse}; empty for the embedded one
     * @param username who signs in to it
     * @param password with which password
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password) {

        public Database {
            url = url.strip();
            if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
                throw new InvalidSetting(
                        "gatehouse.database.url must start with jdbc:postgresql:, for example jdbc:postgresql://db.example.com/gatehouse");
            }
        }

        public boolean isEmbedded() {
            return url.isEmpty();
        }

        @Override
        public String toString() {
            return "Database[embedded=%s]".formatted(isEmbedded());
        }
    }

    /**
     * Where the screens and the API listen, and how people get there.
     *
     * @param address the local address; loopback unless a reverse proxy or a network is wanted on purpose
     * @param port the TCP port; 0 for any free one
     * @param publicUrl the address that people open, a reverse proxy's; empty when there is none. Without a path
     * @param trustedProxies addresses and networks whose word for the client's address is taken
     */
    public record Server(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("8080") int port,
            @DefaultValue("") String publicUrl,
            @DefaultValue({"127.0.0.0/8", "::1"}) List<String> trustedProxies) {

        public Server {
            if (port < 0 || port > 65535) {
                throw new InvalidSetting("gatehouse.server.port must be between 0 and 65535, but was " + port);
            }
            publicUrl = withoutPath(publicUrl.strip());
            trustedProxies = trustedProxies.stream()
                    .map(String::strip)
                    .filter(network -> !network.isEmpty())
                    .toList();
            trustedProxies.forEach(Server::requireNetwork);
        }

        /** {@link #publicUrl()}, when there is one. */
        public Optional<URI> publicAddress() {
            return Optional.of(publicUrl).filter(url -> !url.isEmpty()).map(URI::create);
        }

        private static String withoutPath(String url) {
            if (url.isEmpty()) {
                return url;
            }
            return uri(url.toLowerCase(Locale.ROOT))
                    .filter(Server::isHostAlone)
                    .map(uri -> "%s://%s".formatted(uri.getScheme(), uri.getRawAuthority()))
                    // Without what was given, which may hold a password.
                    .orElseThrow(
                            () -> new InvalidSetting(
                                    "gatehouse.server.public-url must be the address that people open: https:// or http:// and a host, without a path, for example https://soc.example.com"));
        }

        private static Optional<URI> uri(String text) {
            try {
                return Optional.of(new URI(text));
            } catch (URISyntaxException _) {
                return Optional.empty();
            }
        }

        private static boolean isHostAlone(URI uri) {
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        }

        private static void requireNetwork(String network) {
            if (!isNetwork(network)) {
                throw new InvalidSetting(
                        "gatehouse.server.trusted-proxies must be IP addresses and networks, for example 10.0.0.7,192.168.3.0/24, but one was '%s'"
                                .formatted(network));
            }
            if (network.matches(".*/0+")) {
                throw new InvalidSetting(
                        "gatehouse.server.trusted-proxies must name the proxies: with '%s' everybody could claim any address"
                                .formatted(network));
            }
        }

        private static boolean isNetwork(String network) {
            try {
                new IpAddressMatcher(network);
                return network.matches("[^/]+(/\\d+)?");
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }

    /**
     * How Microsoft is asked.
     *
     * @param interval from one poll of alerts or incidents to the next; at least one second
     * @param huntingInterval from one poll of a hunting table to the next; at least one second
     * @param overlap how far each poll looks back behind its checkpoint, for records that became visible late
     * @param pageSize how many records to ask for at once
     * @param firstLookBack how much of a new device's past is read, newest day first
     * @param secondLookInterval how often the recent past is read once more
     * @param secondLookBack how much of it
     * @param keepLedger how long the record of every request is kept
     * @param smallestWindow how far a window that cannot be read is cut down
     * @param quarantineAfter how many attempts on the smallest window fail before it is passed over
     * @param quarantineRetry from one attempt on a window in quarantine to the next
     */
    public record Poll(
            @DefaultValue("60s") Duration interval,
            @DefaultValue("5m") Duration huntingInterval,
            @DefaultValue("15m") Duration overlap,
            @DefaultValue PageSize pageSize,
            @DefaultValue("30d") Duration firstLookBack,
            @DefaultValue("1h") Duration secondLookInterval,
            @DefaultValue("24h") Duration secondLookBack,
            @DefaultValue("7d") Duration keepLedger,
            @DefaultValue("1s") Duration smallestWindow,
            @DefaultValue("5") int quarantineAfter,
            @DefaultValue("1h") Duration quarantineRetry) {

        public Poll {
            requireAtLeast(Duration.ofSeconds(1), interval, "poll.interval");
            requireAtLeast(Duration.ofSeconds(1), huntingInterval, "poll.hunting-interval");
            requireAtLeast(Duration.ZERO, overlap, "poll.overlap");
            requireAtLeast(Duration.ofMinutes(1), firstLookBack, "poll.first-look-back");
            requireAtLeast(Duration.ofSeconds(1), secondLookInterval, "poll.second-look-interval");
            requireAtLeast(overlap, secondLookBack, "poll.second-look-back");
            requireAtLeast(Duration.ofHours(1), keepLedger, "poll.keep-ledger");
            requireAtLeast(Duration.ofMillis(1), smallestWindow, "poll.smallest-window");
            requireBetween(1, 100, quarantineAfter, "poll.quarantine-after");
            requireAtLeast(Duration.ofSeconds(1), quarantineRetry, "poll.quarantine-retry");
        }

        /** From one poll of a feed to its next. */
        public Duration interval(Feed feed) {
            return feed.isHuntingTable() ? huntingInterval : interval;
        }
    }

    /**
     * How much of Microsoft's limits reading the past may take, for each device. What is left is for polling and people.
     *
     * @param requestsPerMinute for alerts and incidents, of {@link Budget#requestsPerMinute()}
     * @param huntingRequestsPerMinute for hunting tables, of {@link Budget#huntingQueriesPerMinute()}
     */
    public record Replay(
            @DefaultValue("40") int requestsPerMinute,
            @DefaultValue("15") int huntingRequestsPerMinute) {

        public Replay {
            requireBetween(1, 10_000, requestsPerMinute, "replay.requests-per-minute");
            requireBetween(1, 10_000, huntingRequestsPerMinute, "replay.hunting-requests-per-minute");
        }
    }

    /**
     * How often each tenant's Microsoft is asked at most. Microsoft documents 150 requests a minute for the security lists of
     * each application and tenant, and 50 for an older interface to incidents; and at least 45 hunting queries, more for
     * larger tenants.
     *
     * @param requestsPerMinute for alerts and incidents together
     * @param huntingQueriesPerMinute for hunting tables and people's own queries together
     * @param huntingQueriesForPeople how many of these are kept free for people
     */
    public record Budget(
            @DefaultValue("50") int requestsPerMinute,
            @DefaultValue("40") int huntingQueriesPerMinute,
            @DefaultValue("10") int huntingQueriesForPeople) {

        public Budget {
            requireBetween(6, 10_000, requestsPerMinute, "budget.requests-per-minute");
            requireBetween(6, 10_000, huntingQueriesPerMinute, "budget.hunting-queries-per-minute");
            requireBetween(
                    0, huntingQueriesPerMinute - 6, huntingQueriesForPeople, "budget.hunting-queries-for-people");
        }
    }

    /**
     * When what Graph has is compared with what is here, hour by hour.
     *
     * @param firstAfter how long after an hour's end it is compared
     * @param againAfter how long after an hour's end it is compared once more, for what became visible late
     * @param catchUp how far back hours are compared that no process was there to compare in time
     * @param budgetShare how much of {@link Budget} comparing may take, in percent
     * @param keep how long the results are kept
     */
    public record Reconcile(
            @DefaultValue("1h") Duration firstAfter,
            @DefaultValue("24h") Duration againAfter,
            @DefaultValue("7d") Duration catchUp,
            @DefaultValue("10") int budgetShare,
            @DefaultValue("90d") Duration keep) {

        public Reconcile {
            requireAtLeast(Duration.ZERO, firstAfter, "reconcile.first-after");
            requireAtLeast(firstAfter, againAfter, "reconcile.again-after");
            requireAtLeast(Duration.ofHours(1), catchUp, "reconcile.catch-up");
            requireBetween(1, 50, budgetShare, "reconcile.budget-share");
            requireAtLeast(catchUp, keep, "reconcile.keep");
        }
    }

    /**
     * How what devices sign in with is replaced before it ends.
     *
     * @param automatic whether it is done by itself, where the application has the right to
     * @param before how long before the end
     * @param lookInterval how often to look whether it is time
     * @param oldSecretStays how long the old secret stays after the switch, for polls that are under way
     */
    public record Rotation(
            @DefaultValue("true") boolean automatic,
            @DefaultValue("30d") Duration before,
            @DefaultValue("1h") Duration lookInterval,
            @DefaultValue("1m") Duration oldSecretStays) {

        public Rotation {
            requireAtLeast(Duration.ofDays(1), before, "rotation.before");
            requireAtLeast(Duration.ofSeconds(1), lookInterval, "rotation.look-interval");
            requireAtLeast(Duration.ofSeconds(1), oldSecretStays, "rotation.old-secret-stays");
        }
    }

    /**
     * How many records to ask for at once.
     *
     * @param alerts 1 to 1000, Microsoft's limit
     * @param incidents 1 to 50, Microsoft's limit
     * @param huntingRows 1 to 100 000, Microsoft's limit
     */
    public record PageSize(
            @DefaultValue("200") int alerts,
            @DefaultValue("50") int incidents,
            @DefaultValue("5000") int huntingRows) {

        public PageSize {
            requireBetween(1, 1_000, alerts, "poll.page-size.alerts");
            requireBetween(1, 50, incidents, "poll.page-size.incidents");
            requireBetween(1, 100_000, huntingRows, "poll.page-size.hunting-rows");
        }

        public int of(Feed feed) {
            return switch (feed) {
                case ALERTS -> alerts;
                case INCIDENTS -> incidents;
                case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS -> huntingRows;
            };
        }
    }

    /**
     * How long to wait for Microsoft, and how much to take.
     *
     * @param connectTimeout for the connection
     * @param readTimeout for the next bytes of an answer
     * @param totalTimeout for a whole answer
     * @param maxPageBytes the largest answer that is read, after decompression
     * @param pageMemory what all answers together may take of the memory; nothing stands for a quarter of the heap
     * @param requestsAtOnce how many requests for pages may be under way, of all tenants together
     */
    public record Http(
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("60s") Duration readTimeout,
            @DefaultValue("5m") Duration totalTimeout,
            @DefaultValue("128MB") DataSize maxPageBytes,
            @DefaultValue("0MB") DataSize pageMemory,
            @DefaultValue("128") int requestsAtOnce) {

        public Http {
            requireAtLeast(Duration.ofMillis(100), connectTimeout, "http.connect-timeout");
            requireAtLeast(Duration.ofMillis(100), readTimeout, "http.read-timeout");
            requireAtLeast(readTimeout, totalTimeout, "http.total-timeout");
            requireBetween(2, 200, requestsAtOnce, "http.requests-at-once");
            if (maxPageBytes.compareTo(DataSize.ofMegabytes(1)) < 0
                    || maxPageBytes.compareTo(DataSize.ofMegabytes(1024)) > 0) {
                throw new InvalidSetting(
                        "gatehouse.http.max-page-bytes must be between 1MB and 1024MB, but was " + maxPageBytes);
            }
            if (pageMemory.toBytes() != 0 && pageMemory.compareTo(DataSize.ofMegabytes(8)) < 0) {
                throw new InvalidSetting(
                        "gatehouse.http.page-memory must be at least 8MB, or 0MB for a quarter of the heap, but was "
                                + pageMemory);
            }
        }
    }

    /**
     * How processes on one database share the devices.
     *
     * @param duration how soon another process takes over the devices of one that died; renewed at a third of it
     */
    public record Lease(@DefaultValue("30s") Duration duration) {

        public Lease {
            requireAtLeast(Duration.ofSeconds(1), duration, "lease.duration");
        }
    }

    /**
     * One more cloud.
     *
     * @param authority where to sign in, e.g. {@code https://login.example.com}
     * @param graph where Graph answers, e.g. {@code https://graph.example.com}
     * @param caCertificate path of a PEM file with the only authorities to trust there; empty for the platform's own
     */
    public record CloudAddresses(
            @DefaultValue("") String authority,
            @DefaultValue("") String graph,
            @DefaultValue("") String caCertificate) {}

    private static void requireAtLeast(Duration least, Duration given, String name) {
        if (given.compareTo(least) < 0) {
            throw new InvalidSetting(
                    "gatehouse.%s must be at least %s, but was %s".formatted(name, words(least), words(given)));
        }
    }

    private static void requireBetween(int least, int most, int given, String name) {
        if (given < least || given > most) {
            throw new InvalidSetting(
                    "gatehouse.%s must be between %d and %d, but was %d".formatted(name, least, most, given));
        }
    }

    /** {@code PT1M30S} as an operator would write it: {@code 1m30s}. */
    private static String words(Duration duration) {
        return duration.isZero() ? "0s" : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
