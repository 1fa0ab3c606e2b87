package dev.gatehouse.workbench.people;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import dev.gatehouse.workbench.platform.secrets.Opened;
import dev.gatehouse.workbench.platform.secrets.SealedSecrets;
import dev.gatehouse.workbench.platform.secrets.Vault;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people sign in with besides their password: the code of an authenticator app, or a recovery code. A code is taken once. Wrong
 * ones are counted in the database, so that it does not help to ask another process: five are free, then each has to wait, 30 seconds
 * at first and twice as long every time, up to 15 minutes.
 */
@Component
public class SecondFactors implements SealedSecrets {

    /** The header by which programs give a code, and are told that one is required. */
    public static final String HEADER = "X-ExpelInc-Otp";

    /** What stands in {@link #HEADER} of an answer then. */
    public static final String REQUIRED = "required; app";

    static final int FREE_CODES = 5;
    static final int RECOVERY_CODES = 10;

    private static final int RECOVERY_LETTERS = 12;
    private static final int RECOVERY_GROUP = 4;

    /** Without the letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final Fence fence;
    private final Vault vault;
    private final Settings settings;
    private final InstantSource clock;
    private final SecurityLog security;

    SecondFactors(
            JdbcClient database,
            Fence fence,
            // The vault asks how many secrets are sealed, which is asked here.
            @Lazy Vault vault,
            Settings settings,
            InstantSource clock,
            SecurityLog security) {
        this.database = database;
        this.fence = fence;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
        this.security = security;
    }

    @Override
    public long count() {
        return database.sql("select count(*) from second_factor")
                .query(Long.class)
                .single();
    }

    /** Whether somebody may not be without. */
    boolean isRequiredOf(Membership membership) {
        return switch (settings.signIn().secondFactor()) {
            case EVERYBODY -> true;
            case SOC -> membership.organization().isEmpty();
            case OPTIONAL -> false;
        };
    }

    private static final String HAS = "select exists (select from second_factor where account_id = :id)";

    /** Whether somebody has set one up. */
    public boolean has(UUID account) {
        return mine(() ->
                database.sql(HAS).param("id", account).query(Boolean.class).single());
    }

    private static final String LEFT = "select count(*) from recovery_code where account_id = :id and used_at is null";

    /** How many recovery codes somebody has left. */
    int recoveryCodesLeft(UUID account) {
        return mine(() ->
                database.sql(LEFT).param("id", account).query(Integer.class).single());
    }

    /** How checking a code can end. */
    sealed interface Checked {

        /**
         * It is right.
         *
         * @param isRecoveryCode whether it was one of the recovery codes, and is none any more
         */
        record Right(boolean isRecoveryCode) implements Checked {}

        /** It is wrong, or was used before. */
        record Wrong() implements Checked {}

        /**
         * Too many were wrong.
         *
         * @param left how long to wait before the next one
         */
        record Wait(Duration left) implements Checked {}

        /** The app's codes cannot be checked, because the key is not there that its secret is sealed with. */
        record Unreadable(String cause, String cure) implements Checked {}
    }

    // Counted before it is compared, so that many at the same time gain nothing.
    private static final String ATTEMPT = """
            update second_factor set
                wrong_codes = wrong_codes + 1,
                wait_until = case when wrong_codes + 1 >= :free
                    then :now::timestamptz + least(900, 30 * power(2, least(wrong_codes + 1 - :free, 10))) * interval '1 second' end
            where account_id = :id and (wait_until is null or wait_until <= :now)
            returning secret
            """;

    private static final String TAKE_CODE = """
            update second_factor set last_step = :step, wrong_codes = 0, wait_until = null
            where account_id = :id and last_step < :step
            """;

    private static final String TAKE_RECOVERY_CODE = """
            with taken as (
                update recovery_code set used_at = :now where account_id = :id and hash = :hash and used_at is null
                returning account_id
            )
            update second_factor f set wrong_codes = 0, wait_until = null from taken t where t.account_id = f.account_id
            """;

    private static final String WAITS_UNTIL = "select wait_until from second_factor where account_id = :id";

    /** Compares a code with the app's and with the recovery codes. Blanks and hyphens in it do not matter. */
    Checked check(Account account, String typed, String address) {
        var code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        var checked = mine(() -> compare(account.id(), code));
        switch (checked) {
            case Checked.Right(var isRecoveryCode) -> {
                if (isRecoveryCode) {
                    security.changed("recovery code used", account.email());
                }
            }
            case Checked.Wrong _ -> security.codeWrong(account.email(), address);
            case Checked.Wait(var left) -> security.signInPaused(account.email(), address, left);
            case Checked.Unreadable _ -> {}
        }
        return checked;
    }

    /**
     * What is wrong with the code of somebody who is about to do what takes more than an open session; empty when it is right, and
     * when they have no second factor.
     *
     * @param code that was given
     * @param address of the client, for the security log
     */
    public Optional<CodeProblem> problemWith(Account account, Optional<String> code, String address) {
        if (!has(account.id())) {
            return Optional.empty();
        }
        if (code.isEmpty()) {
            return Optional.of(CodeProblem.of(
                    CodeProblem.Kind.MISSING, "Give the code that the authenticator app shows, or a recovery code."));
        }
        return switch (check(account, code.get(), address)) {
            case Checked.Right _ -> Optional.empty();
            case Checked.Wrong _ ->
                Optional.of(CodeProblem.of(
                        CodeProblem.Kind.WRONG,
                        "That code is wrong, or was used already. Wait for the next one that the app shows."));
            case Checked.Wait(var left) ->
                Optional.of(new CodeProblem(
                        CodeProblem.Kind.WAIT,
                        "Too many wrong codes. Wait %s and try again."
                                .formatted(AccessPages.inWords(left.toSeconds() + 1)),
                        left));
            case Checked.Unreadable(var cause, var cure) ->
                Optional.of(CodeProblem.of(
                        CodeProblem.Kind.UNREADABLE,
                        "The app's codes cannot be checked: %s %s Until then, a recovery code lets you in."
                                .formatted(cause, cure)));
        };
    }

    private Checked compare(UUID account, String code) {
        var now = clock.instant();
        var secret = database.sql(ATTEMPT)
                .param("id", account)
                .param("free", FREE_CODES)
                .param("now", Columns.timestamp(now))
                .query((row, number) -> row.getBytes("secret"))
                .optional();
        if (secret.isEmpty()) {
            return database.sql(WAITS_UNTIL)
                    .param("id", account)
                    .query((row, number) -> Columns.optionalInstant(row, "wait_until"))
                    .optional()
                    .flatMap(until -> until)
                    .<Checked>map(until -> new Checked.Wait(Duration.between(now, until)))
                    .orElseGet(Checked.Wrong::new);
        }
        if (code.length() != OneTimeCodes.DIGITS) {
            return takeRecoveryCode(account, code, now) ? new Checked.Right(true) : new Checked.Wrong();
        }
        return switch (vault.open(secret.get(), account)) {
            case Opened.Locked(var cause, var cure) -> new Checked.Unreadable(cause, cure);
            case Opened.Plain(var plain) -> {
                var step = OneTimeCodes.stepOf(plain.reveal(), code, now);
                yield step.isPresent()
                                && database.sql(TAKE_CODE)
                                                .param("id", account)
                                                .param("step", step.getAsLong())
                                                .update()
                                        == 1
                        ? new Checked.Right(false)
                        : new Checked.Wrong();
            }
        };
    }

    private boolean takeRecoveryCode(UUID account, String code, Instant now) {
        return database.sql(TAKE_RECOVERY_CODE)
                        .param("id", account)
                        .param("hash", ApiTokens.sha256(code))
                        .param("now", Columns.timestamp(now))
                        .update()
                == 1;
    }

    private static final String SET_UP = """
            insert into second_factor (account_id, secret, set_up_at, last_step, wrong_codes)
            values (:id, :secret, :now, :step, 0)
            on conflict (account_id) do update set
                secret = excluded.secret, set_up_at = excluded.set_up_at, last_step = excluded.last_step,
                wrong_codes = 0, wait_until = null
            """;

    /**
     * Keeps the secret of an app that shows its codes already, in place of the one before.
     *
     * @param secret in Base32
     * @param code that the app shows
     * @return the recovery codes, which nobody is told again; empty when the code is not one of that secret
     */
    Optional<List<String>> setUp(Account account, String secret, String code) {
        var now = clock.instant();
        var step = OneTimeCodes.stepOf(secret, code.replaceAll("[\\s-]", ""), now);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        var sealed = vault.seal(new ClientSecret(secret), account.id());
        var codes = mine(() -> fence.write(() -> {
            database.sql(SET_UP)
                    .param("id", account.id())
                    .param("secret", sealed)
                    .param("now", Columns.timestamp(now))
                    .param("step", step.getAsLong())
                    .update();
            return newRecoveryCodes(account.id());
        }));
        security.changed("second factor set up", account.email());
        return Optional.of(codes);
    }

    /** New recovery codes in place of those before; nobody is told them again. */
    List<String> renewRecoveryCodes(Account account) {
        var codes = mine(() -> fence.write(() -> newRecoveryCodes(account.id())));
        security.changed("recovery codes replaced", account.email());
        return codes;
    }

    private static final String ADD_RECOVERY_CODES = """
            insert into recovery_code (account_id, hash) select :id, decode(hash, 'hex') from unnest(:hashes::text[]) as h (hash)
            """;

    private List<String> newRecoveryCodes(UUID account) {
        var codes = Stream.generate(SecondFactors::drawRecoveryCode)
                .limit(RECOVERY_CODES)
                .toList();
        database.sql("delete from recovery_code where account_id = :id")
                .param("id", account)
                .update();
        database.sql(ADD_RECOVERY_CODES)
                .param("id", account)
                .param(
                        "hashes",
                        codes.stream()
                                .map(code -> HexFormat.of().formatHex(ApiTokens.sha256(code.replace("-", ""))))
                                .toArray(String[]::new))
                .update();
        return codes;
    }

    /** As it is written down: {@code abcd-efgh-jkmn}, more than 58 bits. */
    private static String drawRecoveryCode() {
        var code = new StringBuilder();
        for (var letter = 0; letter < RECOVERY_LETTERS; letter++) {
            if (letter > 0 && letter % RECOVERY_GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** Takes it away with its recovery codes, e.g. because the telephone is lost. */
    public void remove(Account account) {
        var gone = mine(() -> database.sql("delete from second_factor where account_id = :id")
                .param("id", account.id())
                .update());
        if (gone > 0) {
            security.changed("second factor removed", account.email());
        }
    }

    /** Whose account it is, is known; which organization they look at does not matter. */
    private static <T> T mine(Supplier<T> work) {
        return Scoped.within(Scope.everything(), work::get);
    }
}
