package dev.gatehouse.workbench.people;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import dev.gatehouse.workbench.platform.settings.Settings;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * All rules about who may ask for which address, with {@link OpenAddresses}. Programs come by token, people by session; neither crosses over.
 */
@Configuration(proxyBeanMethods = false)
class SecurityRules {

    /** Everything comes from ourselves; nothing is inline, so that a hostile alert title cannot become a script. */
    private static final String CONTENT_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http,
            ApiTokens tokens,
            ProgramSessions programSessions,
            Organizations organizations,
            Refusals refusals,
            RequestRates rates,
            List<ApiAddresses> addresses) {
        return http.securityMatcher("/api/**", "/auth/**", "/actuator/**")
                .authorizeHttpRequests(rules -> {
                    rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    // Without a token it says whether, with one what is wrong.
                    rules.requestMatchers(GET, "/actuator/health/**").permitAll();
                    rules.requestMatchers(HEAD, "/actuator/health/**").permitAll();
                    // By which programs come for the first time.
                    rules.requestMatchers(POST, ProgramSignIn.ADDRESS, ProgramSignIn.OLDER_ADDRESS)
                            .permitAll();
                    OpenAddresses.only(OpenAddresses.api(addresses), rules);
                })
                .addFilterBefore(
                        new ApiTokenFilter(tokens, programSessions, rates, refusals),
                        UsernamePasswordAuthenticationFilter.class)
                .addFilterAfter(new ScopeFilter(organizations), AuthorizationFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusals.needsToken())
                        .accessDeniedHandler(refusals.roleDoesNotSuffice()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // A browser never sends a bearer token by itself, so there is nothing to forge.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(SecurityRules::askForTls)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(
            HttpSecurity http,
            PasswordSignIn signIn,
            SignInSteps steps,
            Accounts accounts,
            Organizations organizations,
            Refusals refusals,
            SecurityLog security) {
        return http.authorizeHttpRequests(rules -> {
                    rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                            .permitAll();
                    rules.requestMatchers(
                                    Refusals.SIGN_IN, "/css/**", "/js/**", "/images/**", "/webjars/**", "/favicon.svg")
                            .permitAll();
                    OpenAddresses.only(OpenAddresses.PAGES, rules);
                })
                .addFilterBefore(new EndedSessionFilter(accounts), AuthorizationFilter.class)
                .addFilterBefore(new PendingSignInFilter(), AuthorizationFilter.class)
                .addFilterAfter(new ScopeFilter(organizations), AuthorizationFilter.class)
                // Without Spring's own manager behind it, which would ask again after each failure and count it twice.
                .authenticationManager(new ProviderManager(signIn))
                .formLogin(form -> form.loginPage(Refusals.SIGN_IN)
                        .usernameParameter("email")
                        .passwordParameter("password")
                        .successHandler(steps)
                        .failureHandler(backToSignIn())
                        .permitAll())
                .logout(logout -> logout.addLogoutHandler(noting(security)).logoutSuccessUrl(Refusals.SIGN_IN + "?out"))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusals.needsSignIn())
                        .accessDeniedHandler(refusals.notAllowed()))
                .headers(SecurityRules::askForTls)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()"))
                        .frameOptions(frames -> frames.deny()))
                .build();
    }

    /** It is sent over TLS only, which is what {@link FrontDoorFilter} says. Other hosts are not ours to decide about. */
    private static void askForTls(HeadersConfigurer<HttpSecurity> headers) {
        headers.httpStrictTransportSecurity(tls -> tls.includeSubDomains(false));
    }

    private static LogoutHandler noting(SecurityLog security) {
        return (request, response, who) -> {
            if (who != null && who.getPrincipal() instanceof SignedIn person) {
                security.signedOut(person.account().email(), request.getRemoteAddr());
            }
        };
    }

    private static AuthenticationFailureHandler backToSignIn() {
        return (request, response, failure) -> {
            var reason =
                    switch (failure) {
                        case TooManyAttempts tooMany -> "wait=" + tooMany.seconds();
                        case LockedException _ -> "locked";
                        default -> "wrong";
                    };
            response.sendRedirect(request.getContextPath() + Refusals.SIGN_IN + "?" + reason);
        };
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /**
     * The web server makes the cookie and sees plain HTTP: it has to be told that the browser uses TLS. This is asked for
     * before the server starts and makes its filters, so that a setting that makes no sense is heard of in one line.
     */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie(Settings settings) {
        var isSecure = settings.server()
                .publicAddress()
                .filter(url -> url.getScheme().equals("https"))
                .isPresent();
        return server -> server.addInitializers(
                context -> context.getSessionCookieConfig().setSecure(isSecure));
    }
}
