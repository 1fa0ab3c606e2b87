package dev.gatehouse.workbench.people;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import dev.gatehouse.workbench.platform.settings.Settings;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** All rules about who may ask for which address. Programs come by token, people by session; neither crosses over. */
@Configuration(proxyBeanMethods = false)
class SecurityRules {

    private static final String ADMIN = Role.ORGANIZATION_ADMIN.name();

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
    SecurityFilterChain programs(HttpSecurity http, ApiTokens tokens, Refusals refusals) {
        return http.securityMatcher("/api/**", "/actuator/**")
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers(GET)
                        .authenticated()
                        .requestMatchers(HEAD)
                        .authenticated()
                        // Changes nothing; it is sent with a body because queries are long.
                        .requestMatchers(POST, "/api/v2/hunting_queries")
                        .authenticated()
                        .anyRequest()
                        .hasRole(ADMIN))
                .addFilterBefore(new ApiTokenFilter(tokens), UsernamePasswordAuthenticationFilter.class)
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
            SessionRegistry sessions,
            Refusals refusals,
            SecurityLog security) {
        return http.authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                Refusals.SIGN_IN, "/css/**", "/js/**", "/images/**", "/webjars/**", "/favicon.svg")
                        .permitAll()
                        // Everybody sees the devices; only an admin changes them, or opens what is for changing them.
                        .requestMatchers(POST, "/settings/**")
                        .hasRole(ADMIN)
                        .requestMatchers(
                                "/settings/security-devices/add",
                                "/settings/security-devices/*/console-access",
                                "/settings/security-devices/*/delete",
                                "/settings/security-devices/*/edit",
                                "/settings/security-devices/*/test",
                                "/settings/setup-guide/add",
                                "/settings/setup-guide/*/delete",
                                "/settings/setup-guide/*/edit",
                                "/settings/setup-guide/*/script/*")
                        .hasRole(ADMIN)
                        .anyRequest()
                        .authenticated())
                // Without Spring's own manager behind it, which would ask again after each failure and count it twice.
                .authenticationManager(new ProviderManager(signIn))
                .formLogin(form -> form.loginPage(Refusals.SIGN_IN)
                        .usernameParameter("email")
                        .passwordParameter("password")
                        .defaultSuccessUrl("/")
                        .failureHandler(backToSignIn())
                        .permitAll())
                .logout(logout -> logout.addLogoutHandler(noting(security)).logoutSuccessUrl(Refusals.SIGN_IN + "?out"))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusals.needsSignIn())
                        .accessDeniedHandler(refusals.notAllowed()))
                .sessionManagement(management -> management.sessionConcurrency(concurrency -> concurrency
                        .maximumSessions(-1)
                        .sessionRegistry(sessions)
                        .expiredUrl(Refusals.SIGN_IN + "?expired")))
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
            var reason = failure instanceof TooManyAttempts tooMany ? "wait=" + tooMany.seconds() : "wrong";
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

    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl();
    }

    /** Tells the registry when a session ends. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }
}
