/** Version of the product, as events name what made them. A test holds it against package.json. */
export const PRODUCT_VERSION = "0.1.0";
