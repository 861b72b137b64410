import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The http side of the server, as its parts are added to it. */
export type App = FastifyInstance<Server>;
