import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { IssuedToken, LoginView, Scope, TokenView } from '@wabus/contracts';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { notifyError } from '../notices/notify.js';

const KEY = ['tokens'];

/** The permissions of a token to create. */
export interface TokenWish {
  readonly name: string;
  readonly scopes: Scope[];
  /** If missing, the sessions of the creator. */
  readonly sessions?: string[];
  readonly expiresAt?: string;
}

export function useTokens(): UseQueryResult<TokenView[]> {
  const edge = useEdge();
  return useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const { tokens } = await edge.get<{ tokens: TokenView[] }>('/api/tokens');
      return tokens.sort((one, other) => one.createdAt.localeCompare(other.createdAt));
    }
  });
}

export function useCreateToken(): UseMutationResult<IssuedToken, unknown, TokenWish> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: TokenWish) => edge.json<IssuedToken>('POST', '/api/tokens', wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY })
  });
}

export function useRevokeToken(): UseMutationResult<TokenView, unknown, string> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => edge.json<TokenView>('DELETE', path`/api/tokens/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
    onError: notifyError
  });
}

const LOGINS = ['logins'];

export function useLogins(): UseQueryResult<LoginView[]> {
  const edge = useEdge();
  return useQuery({
    queryKey: LOGINS,
    queryFn: async () => (await edge.get<{ logins: LoginView[] }>('/api/logins')).logins
  });
}

export function useRevokeLogin(): UseMutationResult<LoginView, unknown, string> {
  const edge = useEdge();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => edge.json<LoginView>('DELETE', path`/api/logins/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: LOGINS }),
    onError: notifyError
  });
}
