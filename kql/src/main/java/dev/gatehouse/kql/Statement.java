package dev.gatehouse.kql;

import java.util.List;
import java.util.Optional;

/** A query is some {@code let} statements and, last, the one that asks. */
sealed interface Statement {

    record Let(String name, Expression value) implements Statement {}

    /** {@code let name = (parameters) { body }} */
    record LetFunction(String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record Ask(Expression query) implements Statement {}

    /** A parameter without a type takes a table. */
    record Parameter(String name, Optional<Table.Type> type) {}
}
