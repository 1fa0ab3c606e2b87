package dev.gatehouse.workbench.devices;

import java.util.UUID;
import java.util.function.Function;

/**
 * How a {@link ToldEverywhere} travels. A bean for each kind of fact is all it takes.
 *
 * @param name what it is called between processes, of any version: never to be changed, and without blanks
 * @param type what it is here
 * @param of makes it of the id that it is about
 */
public record SharedFact<T extends ToldEverywhere>(String name, Class<T> type, Function<UUID, T> of) {}
