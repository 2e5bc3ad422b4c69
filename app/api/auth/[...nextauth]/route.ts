import NextAuth from "next-auth";
import { authDoor } from "../../../../server/staff/authDoor.ts";
import { authOptions } from "../../../../server/staff/authOptions.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  return authDoor(request, nextauth, (passed) => NextAuth(passed as never, context as never, authOptions()));
}

export { handler as GET, handler as POST };
