package dev.gatehouse.workbench.people;

import org.springframework.http.HttpMethod;

/**
 * One address, open to whoever has a right.
 *
 * @param right that opens it
 * @param method of the request
 * @param pattern of the path
 */
public record Opening(Right right, HttpMethod method, String pattern) {}
