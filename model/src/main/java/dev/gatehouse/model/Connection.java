package dev.gatehouse.model;

/**
 * All that is needed to read one tenant: which one, as which application, with which secret, in which cloud.
 *
 * @param tenant the customer's directory
 * @param application the app registration in that directory
 * @param secret the Value of one of the application's client secrets
 * @param cloud where that directory lives
 */
public record Connection(TenantId tenant, ApplicationId application, ClientSecret secret, Cloud cloud) {}
