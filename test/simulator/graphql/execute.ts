// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import {
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type OperationDefinitionNode,
} from 'graphql';
import { demand } from '../access.ts';
import { gitHubSchema } from '../contracts/graphql.ts';
import { isGitHubError } from '../errors.ts';
import { type Cost, costOf } from './cost.ts';
import type { Arguments, Context } from './define.ts';
import { operationOf, type Prepared, prepare } from './prepare.ts';
import { fieldOf } from './types.ts';

export interface GraphQLRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A request as far as it can be understood before it is run. */
export interface Understood {
  readonly request: GraphQLRequest;
  readonly prepared: Prepared;
  readonly operation: OperationDefinitionNode | undefined;
  /** Operation's name for the request log; its first field's where it has none. */
  readonly name: string;
  readonly isMutation: boolean;
  readonly cost: Cost;
}

const mostNodes = 500_000;

function firstField(operation: OperationDefinitionNode | undefined): string {
  const [first] = operation?.selectionSet.selections ?? [];
  return first?.kind === 'Field' ? first.name.value : 'unknown';
}

export function understand(request: GraphQLRequest): Understood {
  const prepared = prepare(request.query);
  const operation = operationOf(prepared, request.operationName);
  return {
    request,
    prepared,
    operation,
    name: operation?.name?.value ?? firstField(operation),
    isMutation: operation?.operation === 'mutation',
    cost: operation ? costOf(prepared.document, operation, request.variables) : { points: 1, nodes: 0 },
  };
}

const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args: Arguments, context, info) => {
  const type = info.parentType.name;
  const field = fieldOf(type, info.fieldName);
  if (!field) {
    const message = `The simulator does not implement ${type}.${info.fieldName}`;
    context.violations.report('not-simulated', context.operation, message);
    throw new Error(message);
  }
  if (field.need && field.repository) {
    const where = `${context.operation}: ${type}.${info.fieldName}`;
    demand(context.token, field.repository(source), field.need, where, context.violations);
  }
  return field.resolve(source, args, context);
};

function formatError(error: GraphQLError): Record<string, unknown> {
  const { originalError, message, path, locations } = error;
  const gitHub = isGitHubError(originalError) ? originalError.gitHub : null;
  return {
    ...(gitHub ? { type: gitHub.type } : {}),
    ...(path ? { path } : {}),
    ...(gitHub?.extensions ? { extensions: gitHub.extensions } : {}),
    locations,
    message,
  };
}

/** Everything that keeps a request from being run; reported as violations, since GitHub or the simulator can't answer it. */
function refusal({ prepared, operation, cost }: Understood, { violations, operation: where }: Context) {
  const fail = (errors: readonly Record<string, unknown>[]) => ({ errors });
  if (prepared.refused.length > 0) {
    for (const { message } of prepared.refused) violations.report('contract', where, message);
    return fail(prepared.refused.map(formatError));
  }
  if (prepared.missing.length > 0) {
    for (const message of prepared.missing) violations.report('not-simulated', where, message);
    return fail(prepared.missing.map((message) => ({ message })));
  }
  if (!operation) return fail([{ message: 'No operation named in the request' }]);
  if (cost.nodes <= mostNodes) return null;
  const message = `This query requests up to ${cost.nodes} possible nodes which exceeds the maximum limit of ${mostNodes}.`;
  violations.report('limit', where, message);
  return fail([{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }]);
}

/** Runs a request against the simulated state and returns GitHub's JSON answer. */
export async function answer(understood: Understood, context: Context): Promise<Record<string, unknown>> {
  const refused = refusal(understood, context);
  if (refused) return refused;
  const result: ExecutionResult = await execute({
    schema: gitHubSchema(),
    document: understood.prepared.document,
    contextValue: context,
    variableValues: understood.request.variables,
    operationName: understood.request.operationName,
    fieldResolver: resolveField,
    typeResolver: (source) => (source as { kind: string }).kind,
  });
  for (const error of result.errors ?? []) reportUnexpected(error, result, context);
  const errors = result.errors?.map(formatError);
  return { ...(result.data === undefined ? {} : { data: result.data }), ...(errors ? { errors } : {}) };
}

/** An error that isn't one of GitHub's is the App's (variables of a wrong type) or the simulator's own. */
function reportUnexpected(error: GraphQLError, result: ExecutionResult, { violations, operation }: Context): void {
  if (isGitHubError(error.originalError)) return;
  violations.report(result.data === undefined ? 'contract' : 'simulator', operation, error.message);
}
