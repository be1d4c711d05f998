import { createContext, type ComponentType } from 'react';

/** What other features have to say of a ticket in the panel; the page composes it. */
export type PanelRooms = {
  BotPath?: ComponentType<{ ticketId: number; seq: number; isBot: boolean }>;
};

export const PanelRoomsContext = createContext<PanelRooms>({});
