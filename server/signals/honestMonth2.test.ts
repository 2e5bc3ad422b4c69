import { testHonestMonth } from "./test/honestMonth.ts";

testHonestMonth(2);
