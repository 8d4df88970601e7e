CREATE TABLE "pets" (
    "id" SERIAL NOT NULL,
    "mood" mood,
    CONSTRAINT "pets_pkey" PRIMARY KEY ("id")
);
