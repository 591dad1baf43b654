// The pages that nobody needs to begin with; the first ones stay in one file with the frame.

import { late } from "../page/late.tsx";

const checking = () => import("./checking.tsx");
const photo = () => import("./Photo.tsx");

export const Check = late(async () => (await checking()).Check);
export const ConsentPage = late(async () => (await import("./Consent.tsx")).ConsentPage);
export const DeliveryPage = late(async () => (await import("./Delivery.tsx")).DeliveryPage);
export const Done = late(async () => (await checking()).Done);
export const MessagesPage = late(async () => (await import("./Messages.tsx")).MessagesPage);
export const OrderPage = late(async () => (await import("./Order.tsx")).OrderPage);
export const Pay = late(async () => (await import("./Pay.tsx")).Pay);
export const PhotoBack = late(async () => (await photo()).PhotoBack);
export const PhotoFront = late(async () => (await photo()).PhotoFront);
