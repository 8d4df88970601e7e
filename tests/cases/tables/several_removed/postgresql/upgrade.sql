DROP TABLE "comments";
DROP TABLE "likes";
DROP TABLE "posts";
