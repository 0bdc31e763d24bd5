-- A database of the release before languages were matched by lookup, which had collected the
-- folder and the feed of languages_test.go; without jobs, runs and recommendations. What its
-- channels held is in former.txt.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(8,7,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(9,8,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(10,9,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(11,10,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(12,11,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(13,12,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(14,13,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(15,14,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(16,15,1,'2026-11-30 03:07:43');
INSERT INTO goose_db_version VALUES(17,20,1,'2026-11-30 03:07:43');
CREATE TABLE articles (
    id            INTEGER PRIMARY KEY,
    uid           TEXT    NOT NULL,
    slug          TEXT    NOT NULL UNIQUE,
    story         TEXT    NOT NULL,
    publisher     TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    guid          TEXT    NOT NULL,
    link          TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    revision      INTEGER NOT NULL,
    hash          TEXT    NOT NULL,
    joins         TEXT    NOT NULL,
    terms         TEXT    NOT NULL,
    categories    TEXT    NOT NULL,
    published_ms  INTEGER NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    withdrawn_ms  INTEGER NOT NULL
, grammar INTEGER NOT NULL DEFAULT 0, by_default INTEGER NOT NULL DEFAULT 0);
INSERT INTO articles VALUES(1,'urn:uuid:55282da6-8ec9-52fe-804c-e0733f339c16','55282da6-8ec9-52fe-804c-e0733f339c16','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','port','news','tag:port.example,2026:port-story-pt-PT','pt','tag:port.example,2026:port-story-pt-PT','https://port.example/port-story-pt-PT','As obras na rua principa port-story-pt-PT/pt-PT',1,'1mpurXP8DcVBr53nmRJ78Nw','DEOlUoQkfcG1eu6M8P8mJw','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(2,'urn:uuid:4e5ffc7d-6ef9-5b7c-83e4-a08b4a118065','4e5ffc7d-6ef9-5b7c-83e4-a08b4a118065','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','port','news','tag:port.example,2026:port-story-ko','ko','tag:port.example,2026:port-story-ko','https://port.example/port-story-ko','월요일부터 큰길 공사가 시작됩니다. 주민 여 port-story-ko/ko',1,'1EzSzscb2vZq3-GVdOnEMLA','0UKv4tvA7AthD7usgU6Lmw','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(3,'urn:uuid:4e0bed89-2449-5192-8176-1040a4753db8','4e0bed89-2449-5192-8176-1040a4753db8','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','port','news','tag:port.example,2026:port-story-ja-simple','ja','tag:port.example,2026:port-story-ja-simple','https://port.example/port-story-ja-simple','げつようびから おおきい みちを なおします。し port-story-ja-simple/ja-simple',1,'1oYnAq7maDsijRHgOiTN0pw','jgZoRc4rvDT8OXIHcdOffA','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(4,'urn:uuid:583f2c5a-dd80-5fb6-8460-06e2748d8589','583f2c5a-dd80-5fb6-8460-06e2748d8589','urn:uuid:7c51d4a5-e0f0-550d-9638-ecc2f1e45e58','port','news','tag:port.example,2026:port-24','und','tag:port.example,2026:port-24','https://port.example/port-24','☎ 03-0000-0000 port-24/',1,'1s4sQcZgUnuCsIbev6tp3HQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(5,'urn:uuid:fae85c76-0b54-5831-a054-cd4332312f0f','fae85c76-0b54-5831-a054-cd4332312f0f','urn:uuid:2b5b6692-05f2-5a97-86e6-65596f236470','port','news','tag:port.example,2026:port-23','th','tag:port.example,2026:port-23','https://port.example/port-23','งานบนถนนสายหลักจะเริ่มใน port-23/th',1,'1dCYuS5-EdlCLV74j1K_tag','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(6,'urn:uuid:edde650a-cd7e-5fcf-b47c-757879640392','edde650a-cd7e-5fcf-b47c-757879640392','urn:uuid:4df01435-d859-5678-a3bf-61f0fc4e093f','port','news','tag:port.example,2026:port-22','ne','tag:port.example,2026:port-22','https://port.example/port-22','मुख्य सडकको काम सोमबारदे port-22/ne',1,'1imu6jTWaBq4C88COn7QxVw','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(7,'urn:uuid:0f0bf5a9-c78c-5d27-a96a-9428cddc7dea','0f0bf5a9-c78c-5d27-a96a-9428cddc7dea','urn:uuid:ab32dfa8-00db-54e4-a470-4c0082a3c1ec','port','news','tag:port.example,2026:port-21','vi','tag:port.example,2026:port-21','https://port.example/port-21','Công việc trên đường chí port-21/vi',1,'1MBsqQXdrlIX65OJahdJiLA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(8,'urn:uuid:366586e6-9240-5486-ade5-fee1763ae064','366586e6-9240-5486-ade5-fee1763ae064','urn:uuid:1d5ad82c-904f-58c8-8f77-fde6800bccb2','port','news','tag:port.example,2026:port-20','ar','tag:port.example,2026:port-20','https://port.example/port-20','يبدأ العمل في الشارع الر port-20/ar-SA',1,'1JIL1J6zuDsKOPpMqNmSJPQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(9,'urn:uuid:4828f255-22df-5aef-935c-838c05e40beb','4828f255-22df-5aef-935c-838c05e40beb','urn:uuid:c0cf3492-f459-5171-9f09-f12b17cc56fc','port','news','tag:port.example,2026:port-19','ar','tag:port.example,2026:port-19','https://port.example/port-19','يبدأ العمل في الشارع الر port-19/ar',1,'1Dt64z_jZN7kf4Fod8Vfqjw','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(10,'urn:uuid:bf3816c6-cc27-5d19-a792-06e863a2d676','bf3816c6-cc27-5d19-a792-06e863a2d676','urn:uuid:a16210c0-ff74-59b6-8598-78e0f73f8308','port','news','tag:port.example,2026:port-18','ko','tag:port.example,2026:port-18','https://port.example/port-18','월요일부터 큰길 공사가 시작됩니다. 주민 여 port-18/ko',1,'1RQBuNilgejbQ6xLxK9gjdQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(11,'urn:uuid:ae9ecd6d-829b-5c44-9642-d48c44767c8d','ae9ecd6d-829b-5c44-9642-d48c44767c8d','urn:uuid:f5fbd073-caf8-5249-b6b9-bbe0c55d1974','port','news','tag:port.example,2026:port-17','sr-Latn','tag:port.example,2026:port-17','https://port.example/port-17','Radovi u glavnoj ulici p port-17/sr-Latn',1,'1YWmVADqRtX9PORstWRMusQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(12,'urn:uuid:1eb8729b-eefa-5743-9ce2-ed9963527af3','1eb8729b-eefa-5743-9ce2-ed9963527af3','urn:uuid:40eeb235-632f-5cc7-a114-8862428c57ca','port','news','tag:port.example,2026:port-16','sr','tag:port.example,2026:port-16','https://port.example/port-16','Радови у главној улици п port-16/sr',1,'1knGVAAU8Y0ahUGFKKQnKCQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(13,'urn:uuid:8c3eb3f7-00d9-5620-98ca-cdb661de5815','8c3eb3f7-00d9-5620-98ca-cdb661de5815','urn:uuid:e2e2301d-ae0a-5793-965c-46e269b096fd','port','news','tag:port.example,2026:port-15','nn','tag:port.example,2026:port-15','https://port.example/port-15','Arbeidet i hovudgata byr port-15/nn',1,'1O-H5_kzraRTteXQtXi6PGQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(14,'urn:uuid:0a29fd38-c36d-5156-a4eb-82d3582f873d','0a29fd38-c36d-5156-a4eb-82d3582f873d','urn:uuid:e124c4e1-722b-5702-ae7e-2fff4f74fb07','port','news','tag:port.example,2026:port-14','nb','tag:port.example,2026:port-14','https://port.example/port-14','Arbeidet i hovedgaten be port-14/nb',1,'1xoTOMdWJoPlgPzLw6Rf6rA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(15,'urn:uuid:2ff938a3-5b83-527f-b709-1c6ec89b0b31','2ff938a3-5b83-527f-b709-1c6ec89b0b31','urn:uuid:7d78028a-b0c1-5a5c-8456-362b8a82544e','port','news','tag:port.example,2026:port-13','no','tag:port.example,2026:port-13','https://port.example/port-13','Arbeidet i hovedgaten be port-13/no',1,'1IJrLhSeJM01D2OueaYXqqA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(16,'urn:uuid:41121020-243a-5067-840d-701b804e01d4','41121020-243a-5067-840d-701b804e01d4','urn:uuid:b576a702-b76d-532a-bd73-d66ae39549dc','port','news','tag:port.example,2026:port-12','zh-Hans','tag:port.example,2026:port-12','https://port.example/port-12','主要街道的施工将于星期一开始，请居民在周末之前使 port-12/zh',1,'11ignfnWRAvOFhj_te7TuAw','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(17,'urn:uuid:916a1bc4-2020-5390-afe9-5f1ec751f225','916a1bc4-2020-5390-afe9-5f1ec751f225','urn:uuid:bdf9c175-bf60-556c-a11c-5f8f388e6746','port','news','tag:port.example,2026:port-11','zh-Hant','tag:port.example,2026:port-11','https://port.example/port-11','主要街道的施工將於星期一開始，請居民在週末之前使 port-11/zh-TW',1,'1VT2dUCCoAo_oDKqUw2oKCg','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(18,'urn:uuid:8557fdfb-c843-55af-a910-8b12dd133ba0','8557fdfb-c843-55af-a910-8b12dd133ba0','urn:uuid:70718fa4-c5c4-514a-907a-fbd7850a53cb','port','news','tag:port.example,2026:port-10','zh-Hant','tag:port.example,2026:port-10','https://port.example/port-10','主要街道的施工將於星期一開始，請居民在週末之前使 port-10/zh-HK',1,'1Nc1bRVnEmyOXxxqk6ew_pA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(19,'urn:uuid:66841689-940a-5c76-9b68-a3ad0f208cf8','66841689-940a-5c76-9b68-a3ad0f208cf8','urn:uuid:ca05a339-e648-5902-a4d3-5fcf7c8a2741','port','news','tag:port.example,2026:port-09','zh-Hant','tag:port.example,2026:port-09','https://port.example/port-09','主要街道的施工將於星期一開始，請居民在週末之前使 port-09/zh-Hant',1,'18d5zMMQYOyEpPh_hsxORHw','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(20,'urn:uuid:649d5a21-e0a9-59ff-b7b0-d0a0ad65718c','649d5a21-e0a9-59ff-b7b0-d0a0ad65718c','urn:uuid:873e0bc9-928f-5a8e-b3ed-e9f126986e82','port','news','tag:port.example,2026:port-08','zh-Hans','tag:port.example,2026:port-08','https://port.example/port-08','主要街道的施工将于星期一开始，请居民在周末之前使 port-08/zh-Hans',1,'1XFsGymdz4OyZlEzb8Vc3EQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(21,'urn:uuid:50467973-4885-55af-aa13-6dcb406dbe81','50467973-4885-55af-aa13-6dcb406dbe81','urn:uuid:e6999c86-8777-5ab8-a0c4-353ce49412ac','port','news','tag:port.example,2026:port-07','ja','tag:port.example,2026:port-07','https://port.example/port-07','げつようびから おおきい みちを なおします。し port-07/ja-simple',1,'1vkNGviA2qAnE9-UMRnHKiQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(22,'urn:uuid:347274d0-a7b2-5110-ad6c-9e8ae564bd3a','347274d0-a7b2-5110-ad6c-9e8ae564bd3a','urn:uuid:2a521c93-9a07-5d92-a6fb-8c6113b62b7f','port','news','tag:port.example,2026:port-06','ja','tag:port.example,2026:port-06','https://port.example/port-06','月曜日から大通りの工事が始まります。週末まで、ほ port-06/ja',1,'1QjwSRx8ljhyCmFfVC04twQ','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(23,'urn:uuid:7e642f17-c05b-5da4-b2c0-cf71a42a8892','7e642f17-c05b-5da4-b2c0-cf71a42a8892','urn:uuid:b4c66c47-c8d7-5547-ac6d-a5071dd06a1f','port','news','tag:port.example,2026:port-05','pt','tag:port.example,2026:port-05','https://port.example/port-05','As obras na rua principa port-05/pt-PT',1,'1SL5NK0glZLa2IMew1zDbrw','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(24,'urn:uuid:d8c4b5bc-6f67-5c49-8170-4b7af6f295d5','d8c4b5bc-6f67-5c49-8170-4b7af6f295d5','urn:uuid:3917cadc-e047-5d9e-b110-2e1c3af3fd3c','port','news','tag:port.example,2026:port-04','pt','tag:port.example,2026:port-04','https://port.example/port-04','As obras na rua principa port-04/pt-BR',1,'1y7DwhoYI4OXA_uQua9H0Xg','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(25,'urn:uuid:44552b15-0d1b-55fb-baa5-784f0ce9ad1c','44552b15-0d1b-55fb-baa5-784f0ce9ad1c','urn:uuid:5815284b-45c0-53dc-9ecd-55434e9628e0','port','news','tag:port.example,2026:port-03','pt','tag:port.example,2026:port-03','https://port.example/port-03','As obras na rua principa port-03/pt',1,'1Qal4VHvtfkxqSPiRhmpJgA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(26,'urn:uuid:2456b74e-d17a-5e54-aa28-12de99f724eb','2456b74e-d17a-5e54-aa28-12de99f724eb','urn:uuid:48f65fef-ccd4-5ffc-9584-c72b490ab370','port','news','tag:port.example,2026:port-02','en','tag:port.example,2026:port-02','https://port.example/port-02','Work on the main street port-02/en-US',1,'14NkEny7iiHZDM9abMicaWA','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(27,'urn:uuid:09969c16-5e1b-5d60-a61f-9c11613925e7','09969c16-5e1b-5d60-a61f-9c11613925e7','urn:uuid:20cc7760-c154-51c1-ba81-7fced3cc314c','port','news','tag:port.example,2026:port-01','en','tag:port.example,2026:port-01','https://port.example/port-01','Work on the main street port-01/en-GB',1,'1lto0Mr_ZXG7ONTPCoue3ug','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(28,'urn:uuid:d4a33e06-e94a-5d36-9684-82b368493cae','d4a33e06-e94a-5d36-9684-82b368493cae','urn:uuid:5a32f297-9506-5f51-82c6-183e59f892b7','port','news','tag:port.example,2026:port-00','en','tag:port.example,2026:port-00','https://port.example/port-00','Work on the main street port-00/en',1,'1ALE3DuIp8UplmmSWgrF7Eg','','[]','["living"]',1793494800000,1796008063982,0,2,1);
INSERT INTO articles VALUES(29,'urn:uuid:e2430601-f882-5efc-90a7-31e24be49c66','e2430601-f882-5efc-90a7-31e24be49c66','urn:uuid:a8adae21-4392-50d8-b1e5-8559b6ed4b1c','city','notices','path:yields','ja','','','げつようびから おおきい みちを なおします。し yields/ja-simple',1,'1jd1wyYuk-KEEdjJWq8Mr6Q','unW0QjWRzdw-AQyEc6XlKg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(30,'urn:uuid:6f5d7490-91fa-5d24-9896-4c4b45fd3ea7','6f5d7490-91fa-5d24-9896-4c4b45fd3ea7','urn:uuid:bbafd560-f3cd-5f5d-a51c-953bdbcfc592','city','notices','path:simple','zh-Hans','','','主要街道的施工将于星期一开始，请居民在周末之前使 simple/zh-Hans',1,'1Fjj0XtS7IL3ZeV-zPh4bZA','p6ObcvKXGOZT5zUDIQ-7WQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(31,'urn:uuid:16e7e421-f2ae-59ce-a433-bf97421a5c77','16e7e421-f2ae-59ce-a433-bf97421a5c77','urn:uuid:bbafd560-f3cd-5f5d-a51c-953bdbcfc592','city','notices','path:simple','ja','','','げつようびから おおきい みちを なおします。し simple/ja-simple',1,'11GkFhKJZWm0VqdrtiurRLQ','p6ObcvKXGOZT5zUDIQ-7WQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(32,'urn:uuid:6661c8ef-82cf-5097-93b1-6708f2a28af8','6661c8ef-82cf-5097-93b1-6708f2a28af8','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','city','notices','path:scripts','sr','','','Радови у главној улици п scripts/sr',1,'1xkCF23FetoOJx96SJcKkeg','jFln_YSG80STcQzDmyQKrQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(33,'urn:uuid:b339b89a-03b7-59b2-8076-30f4ff0886e0','b339b89a-03b7-59b2-8076-30f4ff0886e0','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','city','notices','path:scripts','sr-Latn','','','Radovi u glavnoj ulici p scripts/sr-Latn',1,'19-H3d0JfOFCBMVTfgVo4uw','jFln_YSG80STcQzDmyQKrQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(34,'urn:uuid:953018fe-3abe-53c4-be7d-d3b0341c6a7d','953018fe-3abe-53c4-be7d-d3b0341c6a7d','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','city','notices','path:scripts','nn','','','Arbeidet i hovudgata byr scripts/nn',1,'1A9BcvM95bYjduiwsJjLHKQ','jFln_YSG80STcQzDmyQKrQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(35,'urn:uuid:c61a3812-a7b7-5bc1-b63f-a96126173b8d','c61a3812-a7b7-5bc1-b63f-a96126173b8d','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','city','notices','path:regions','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 regions/zh-HK',1,'1gfyQ3AXw-etFNt0iL5o3mA','8jd-cvK0SIPoPiGGhdBsLg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(36,'urn:uuid:38c7a405-d0ee-5cee-923d-f7eeb95fe77a','38c7a405-d0ee-5cee-923d-f7eeb95fe77a','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','city','notices','path:regions','pt','','','As obras na rua principa regions/pt-PT',1,'1wGKTZyPk_8ll50xUhVXT0Q','8jd-cvK0SIPoPiGGhdBsLg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(37,'urn:uuid:5351a1d1-8347-521d-af57-dc8ec37ed4cc','5351a1d1-8347-521d-af57-dc8ec37ed4cc','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','city','notices','path:regions','en','','','Work on the main street regions/en-GB',1,'16Sh_ZMTru0hdmGW7vqj8zA','8jd-cvK0SIPoPiGGhdBsLg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(38,'urn:uuid:59d3ec4b-54a3-508a-a6b1-6e3ad127b8be','59d3ec4b-54a3-508a-a6b1-6e3ad127b8be','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','city','notices','path:general','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 general/zh-TW',1,'1Uy_l9XyyyMmPLYGtEg7bvg','D-rhbVU2Ws8H_p-QmDQ2Gw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(39,'urn:uuid:bdf6cbcc-b22e-5dfd-b2a6-20dc52c02895','bdf6cbcc-b22e-5dfd-b2a6-20dc52c02895','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','city','notices','path:general','pt','','','As obras na rua principa general/pt-PT',1,'1sIbx30O9neVyZGqVaWLTeA','D-rhbVU2Ws8H_p-QmDQ2Gw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(40,'urn:uuid:a47c7e8a-60e3-56d0-a3f6-8a27b0d47156','a47c7e8a-60e3-56d0-a3f6-8a27b0d47156','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','city','notices','path:general','ko','','','월요일부터 큰길 공사가 시작됩니다. 주민 여 general/ko',1,'1d-jQLMUX-BbxLlBTfpGG7A','D-rhbVU2Ws8H_p-QmDQ2Gw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(41,'urn:uuid:6dd0a941-440a-50cd-b9f7-ccc5a567494b','6dd0a941-440a-50cd-b9f7-ccc5a567494b','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','zh-Hans','','','主要街道的施工将于星期一开始，请居民在周末之前使 all/zh-Hans',1,'1Mjy3Lv2XUMf1--RWadEMYA','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(42,'urn:uuid:68bbe5af-5ebf-567e-a909-7433e6c1aba3','68bbe5af-5ebf-567e-a909-7433e6c1aba3','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 all/zh-HK',1,'1QBoT5U13k460p-XwpsjWyw','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(43,'urn:uuid:03edd132-8308-52ae-b8de-ffee616afaf2','03edd132-8308-52ae-b8de-ffee616afaf2','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','vi','','','Công việc trên đường chí all/vi',1,'1_Qu3SKiw2e0KVyU1BmPYSQ','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(44,'urn:uuid:9958e396-1177-505a-9c91-8387e98f74ff','9958e396-1177-505a-9c91-8387e98f74ff','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','th','','','งานบนถนนสายหลักจะเริ่มใน all/th',1,'1DOpJ92MGZAF_zhRCrUvksQ','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(45,'urn:uuid:cf4e2327-2ff0-51d8-ae83-4d5b9205e4cb','cf4e2327-2ff0-51d8-ae83-4d5b9205e4cb','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','sr','','','Радови у главној улици п all/sr',1,'1nk4w2FCJs-HBAIC13h4Y1Q','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(46,'urn:uuid:d4dac668-ff99-5ed3-969c-bd186c8615f3','d4dac668-ff99-5ed3-969c-bd186c8615f3','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','sr-Latn','','','Radovi u glavnoj ulici p all/sr-Latn',1,'1WVlQvLkW7Ogdr1YCG0TlfQ','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(47,'urn:uuid:f2a378d9-8517-5427-aa9e-116be9eb8954','f2a378d9-8517-5427-aa9e-116be9eb8954','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','pt','','','As obras na rua principa all/pt-BR',1,'1lDGTSJdXXU8ZZqO2qz2Ccg','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(48,'urn:uuid:f883ded7-50de-5319-b93c-665d40c33c07','f883ded7-50de-5319-b93c-665d40c33c07','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','no','','','Arbeidet i hovedgaten be all/no',1,'1pkue9mNRksXcO9cd4Qzc-g','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(49,'urn:uuid:f81a586a-7557-5faa-a0f8-3a118362f770','f81a586a-7557-5faa-a0f8-3a118362f770','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','nn','','','Arbeidet i hovudgata byr all/nn',1,'1uWe4mzYk7FERe5VPL3kucQ','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(50,'urn:uuid:3887ee62-1366-5b0f-84e6-270e23539e9e','3887ee62-1366-5b0f-84e6-270e23539e9e','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','ne','','','मुख्य सडकको काम सोमबारदे all/ne',1,'1XhiyNw6ggASM80iZhC0DUw','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(51,'urn:uuid:ceaf8138-2913-59eb-a260-70799f0e3abd','ceaf8138-2913-59eb-a260-70799f0e3abd','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','nb','','','Arbeidet i hovedgaten be all/nb',1,'1kestzuUn8_irTfKSMgPy-Q','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(52,'urn:uuid:541024d5-f8e1-5195-8686-a9b8deda1939','541024d5-f8e1-5195-8686-a9b8deda1939','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','ko','','','월요일부터 큰길 공사가 시작됩니다. 주민 여 all/ko',1,'1G0XO4M0Y7vhWOW7Nauh7jg','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(53,'urn:uuid:d27a4348-48e4-5ebd-85eb-322373cdd57a','d27a4348-48e4-5ebd-85eb-322373cdd57a','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','ja','','','げつようびから おおきい みちを なおします。し all/ja-simple',1,'1EMYOL-cdB_6tF4nOIShCPQ','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(54,'urn:uuid:bf1f8296-4212-5184-86ba-1333101c0f00','bf1f8296-4212-5184-86ba-1333101c0f00','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','en','','','Work on the main street all/en-GB',1,'1ZOo4z-3ipSvU0qOLtRYR6Q','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(55,'urn:uuid:4e6b0c74-36c5-5306-b728-554728dc4497','4e6b0c74-36c5-5306-b728-554728dc4497','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','city','notices','path:all','ar','','','يبدأ العمل في الشارع الر all/ar-SA',1,'1BMvUnEX45C06UlO72Bfy8Q','XvXvA2S2k5xMph80s5P3sw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(56,'urn:uuid:f32819c6-a03c-5a9a-93f9-1463863e2b99','f32819c6-a03c-5a9a-93f9-1463863e2b99','urn:uuid:e423dc6d-5395-569c-ab13-2975bc7abe46','city','notices','path:24','und','','','☎ 03-0000-0000 24/',1,'1lpmeeFk_mTGBLId2O7D8qA','wjVgaenR55ypJDeBU8-7-w','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(57,'urn:uuid:70f86f4f-3c6e-5b7f-a3c8-0da33db98d9a','70f86f4f-3c6e-5b7f-a3c8-0da33db98d9a','urn:uuid:3f66cf3c-c246-5ac1-89dc-d6e6264a534e','city','notices','path:23','th','','','งานบนถนนสายหลักจะเริ่มใน 23/th',1,'1IAT7NqCXl1Xja5KG3DI_YQ','U1-jDX4l3YpJ8VNneXNOyA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(58,'urn:uuid:8510fef8-27bc-578a-b242-8458bfc9e644','8510fef8-27bc-578a-b242-8458bfc9e644','urn:uuid:b658cc39-3654-5216-ad04-10609ad21e76','city','notices','path:22','ne','','','मुख्य सडकको काम सोमबारदे 22/ne',1,'1JvZrBZhckfz_3eb0H6QbjA','eF8-x-sy8wuQzQ_PNlfTiA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(59,'urn:uuid:cb6f0700-2dd6-5d3a-a590-5f9408fffb9d','cb6f0700-2dd6-5d3a-a590-5f9408fffb9d','urn:uuid:85f410ed-52ce-56ac-881f-e6fe0097185d','city','notices','path:21','vi','','','Công việc trên đường chí 21/vi',1,'1LxSifzHyMGjGJzPomvkGQQ','b0tmEhJfs6Da7NJ5nf1snA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(60,'urn:uuid:05a92f80-5a23-51d3-9c4d-7086d6e3427e','05a92f80-5a23-51d3-9c4d-7086d6e3427e','urn:uuid:0d3fabc0-84c5-5666-926f-256977f348a5','city','notices','path:20','ar','','','يبدأ العمل في الشارع الر 20/ar-SA',1,'1WocklYtQ3MbqBclqMYsXIw','9co490ih1ur3JrikL7V1ww','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(61,'urn:uuid:a7a2ef20-ce7f-55c7-b274-81aa04a0dcb4','a7a2ef20-ce7f-55c7-b274-81aa04a0dcb4','urn:uuid:ba02f58b-31e5-55f8-9b6a-e0a27ec83c3a','city','notices','path:19','ar','','','يبدأ العمل في الشارع الر 19/ar',1,'1tspRQn2556Izxil0yXH5bg','lADxshy1J9f6PT6rupNVeg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(62,'urn:uuid:a7df725e-eed1-584e-a71a-55c06f37aa75','a7df725e-eed1-584e-a71a-55c06f37aa75','urn:uuid:c4348a1e-ee2a-5d15-8ef2-2758434c131f','city','notices','path:18','ko','','','월요일부터 큰길 공사가 시작됩니다. 주민 여 18/ko',1,'1I1SZ6_xxdaNhdABk_GpMwA','TslZn8ID0XajAVNsLgkaGQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(63,'urn:uuid:03e5fc55-cbad-58c3-be3a-d425a93118b7','03e5fc55-cbad-58c3-be3a-d425a93118b7','urn:uuid:42d7720d-a116-5012-a61b-0fab96a776e4','city','notices','path:17','sr-Latn','','','Radovi u glavnoj ulici p 17/sr-Latn',1,'1gfgBvD8KXDbwMLeTdeZqaw','RSNUDxUEzRcQDEg16Ft-7w','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(64,'urn:uuid:6dccd04b-6477-5959-a54e-1500685732a0','6dccd04b-6477-5959-a54e-1500685732a0','urn:uuid:6f72aa4b-e5ad-50bb-90b7-a411a9e3aad7','city','notices','path:16','sr','','','Радови у главној улици п 16/sr',1,'1bVxe4TrvnzL-mSFcZVO6AQ','sX720Zx6Wx7oO5B8WVUm3A','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(65,'urn:uuid:05ae1846-bfb5-5f31-9bde-7351e9b00498','05ae1846-bfb5-5f31-9bde-7351e9b00498','urn:uuid:cd62e10b-7612-549a-b1e9-41897d45192e','city','notices','path:15','nn','','','Arbeidet i hovudgata byr 15/nn',1,'1E54RVc8siWUBWdXGGdULhQ','5in6ZZjXMnaPfHJrS2IShQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(66,'urn:uuid:409e138b-0616-5753-a040-34719e2626f9','409e138b-0616-5753-a040-34719e2626f9','urn:uuid:fc5320d7-8521-56d7-9f0c-a6cb16ee8297','city','notices','path:14','nb','','','Arbeidet i hovedgaten be 14/nb',1,'1BDWSBG_YoNh5m4md1tktfw','hSeokeIkE2lQ_zLKIStFvA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(67,'urn:uuid:db7847ca-ab06-5ed5-bcd1-e43437959e8c','db7847ca-ab06-5ed5-bcd1-e43437959e8c','urn:uuid:de55a81f-8c2d-556f-bb2b-e7e4ce632d77','city','notices','path:13','no','','','Arbeidet i hovedgaten be 13/no',1,'1Pm6o9T7b54cPyylEIYyY2A','P9ujXwTcjEYphsmSvPh1VA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(68,'urn:uuid:5971c0f6-7046-54ea-9f5b-c25156455dd0','5971c0f6-7046-54ea-9f5b-c25156455dd0','urn:uuid:8a148252-0ab9-532d-bc4a-a904b217959d','city','notices','path:12','zh-Hans','','','主要街道的施工将于星期一开始，请居民在周末之前使 12/zh',1,'1SGQmebjnXuq_wQ089OLEeA','a1HUMd9dfxQcvs7M957fPQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(69,'urn:uuid:ce215b08-74d3-5d44-aa7b-47bcc806c45e','ce215b08-74d3-5d44-aa7b-47bcc806c45e','urn:uuid:9085ff65-b724-5c10-9504-0c4817161d9e','city','notices','path:11','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 11/zh-TW',1,'11D_JijUSBdBECcAkgv_faQ','T8grJq7LR9KGjE7741gXMg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(70,'urn:uuid:0a7fdebe-9466-579c-ae61-e1cc91a20188','0a7fdebe-9466-579c-ae61-e1cc91a20188','urn:uuid:5ff203d8-8ccc-562e-b849-a586710012e1','city','notices','path:10','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 10/zh-HK',1,'1eAmrNLK2wp_aEo42HDLC7A','SkTcFTZCBKgP6A6QOUVcwQ','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(71,'urn:uuid:21ad9681-fd24-54e1-ace5-f5ab1d935c4c','21ad9681-fd24-54e1-ace5-f5ab1d935c4c','urn:uuid:4bade0d5-0980-5d34-981e-dbd7be6ec1d1','city','notices','path:09','zh-Hant','','','主要街道的施工將於星期一開始，請居民在週末之前使 09/zh-Hant',1,'1PSbiNpunFWNYwVIDuMcUHA','NRSs9hcy9mLaGWJff-eBww','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(72,'urn:uuid:cf2854c3-a9f7-5ae6-bcdf-23ae2aeed5bc','cf2854c3-a9f7-5ae6-bcdf-23ae2aeed5bc','urn:uuid:e477d70f-d57e-5eaa-8715-7a079f0ac7bb','city','notices','path:08','zh-Hans','','','主要街道的施工将于星期一开始，请居民在周末之前使 08/zh-Hans',1,'1QyT6uNQXxm48RIIQoul59A','MjeDvppTox4VjslgBiakcA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(73,'urn:uuid:fa106634-2e71-5c99-b730-8b21fb7b8639','fa106634-2e71-5c99-b730-8b21fb7b8639','urn:uuid:1a76c832-8b69-5255-8d8d-6c7e7e8b430f','city','notices','path:07','ja','','','げつようびから おおきい みちを なおします。し 07/ja-simple',1,'19MaQVz3MVm96CouKMokBMw','GbEAq3clxhLz2A_yA8pTzg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(74,'urn:uuid:36565a41-39e1-55e5-b6ed-babeab8fe5d6','36565a41-39e1-55e5-b6ed-babeab8fe5d6','urn:uuid:39e24048-64a1-567b-90ff-71edd79754b4','city','notices','path:06','ja','','','月曜日から大通りの工事が始まります。週末まで、ほ 06/ja',1,'1Xpresi_J4L8iQRYgU5zrtw','qs2DS1zcZKMp4nZJFDQG3Q','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(75,'urn:uuid:bd6013ef-e92f-5f3e-89ac-c01e517a6ae8','bd6013ef-e92f-5f3e-89ac-c01e517a6ae8','urn:uuid:2947f772-2409-5b5c-aea5-837e368203e5','city','notices','path:05','pt','','','As obras na rua principa 05/pt-PT',1,'1eK0u9M_gn0WuT_ONlzDMOg','yXVQzoIT71z27Uukh5DBNw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(76,'urn:uuid:f1b8d24e-c07d-50b1-abb0-ecf341c4fca9','f1b8d24e-c07d-50b1-abb0-ecf341c4fca9','urn:uuid:067ca329-6d49-5e25-99d2-11a4a1b0011e','city','notices','path:04','pt','','','As obras na rua principa 04/pt-BR',1,'1bvebeDsAfNLMJzJB1ogzLg','bNW25Rk2pEK5c2YMIVU90g','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(77,'urn:uuid:f0260172-5073-5a4c-bb54-86ecfaef32bf','f0260172-5073-5a4c-bb54-86ecfaef32bf','urn:uuid:7e522d33-3b35-5a6e-8f22-838eda5b51f1','city','notices','path:03','pt','','','As obras na rua principa 03/pt',1,'1zh53pU3tOS3YgsapON-YOA','C476WjvxBEE6clxv8EWaaw','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(78,'urn:uuid:cd5511f2-a3ac-5bad-84d3-197789f9a3f5','cd5511f2-a3ac-5bad-84d3-197789f9a3f5','urn:uuid:8727c845-9d68-5671-952d-246fc6a85eba','city','notices','path:02','en','','','Work on the main street 02/en-US',1,'1zJek5Ld1yFPsOe-Xm3o9yw','qVPwmhtrZyW4GVbprQsetA','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(79,'urn:uuid:1d29890f-06eb-537f-833c-fe312031d83a','1d29890f-06eb-537f-833c-fe312031d83a','urn:uuid:524a8147-92c8-5618-88fc-8d9223b56417','city','notices','path:01','en','','','Work on the main street 01/en-GB',1,'1B6j57266W-hTxXj-ie_h_A','k424yfgsjLWNPz70_SUANg','[]','["living"]',1793491200000,1796008063994,0,2,1);
INSERT INTO articles VALUES(80,'urn:uuid:6b3a0714-f40d-5c55-8a2f-3a9886a53546','6b3a0714-f40d-5c55-8a2f-3a9886a53546','urn:uuid:7b889b5a-f01c-5509-95e1-4e82bd0c94c0','city','notices','path:00','en','','','Work on the main street 00/en',1,'1vgHDoLGZn0QtcgZSTCbuVw','8VNDkieb3b-dQ93ocBy1vg','[]','["living"]',1793491200000,1796008063994,0,2,1);
CREATE TABLE aliases (
    publisher TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    article   INTEGER NOT NULL,
    shared    INTEGER NOT NULL,
    PRIMARY KEY (publisher, key, language)
) WITHOUT ROWID;
INSERT INTO aliases VALUES('city','path:00','en',80,0);
INSERT INTO aliases VALUES('city','path:01','en',79,0);
INSERT INTO aliases VALUES('city','path:02','en',78,0);
INSERT INTO aliases VALUES('city','path:03','pt',77,0);
INSERT INTO aliases VALUES('city','path:04','pt',76,0);
INSERT INTO aliases VALUES('city','path:05','pt',75,0);
INSERT INTO aliases VALUES('city','path:06','ja',74,0);
INSERT INTO aliases VALUES('city','path:07','ja',73,0);
INSERT INTO aliases VALUES('city','path:08','zh-Hans',72,0);
INSERT INTO aliases VALUES('city','path:09','zh-Hant',71,0);
INSERT INTO aliases VALUES('city','path:10','zh-Hant',70,0);
INSERT INTO aliases VALUES('city','path:11','zh-Hant',69,0);
INSERT INTO aliases VALUES('city','path:12','zh-Hans',68,0);
INSERT INTO aliases VALUES('city','path:13','no',67,0);
INSERT INTO aliases VALUES('city','path:14','nb',66,0);
INSERT INTO aliases VALUES('city','path:15','nn',65,0);
INSERT INTO aliases VALUES('city','path:16','sr',64,0);
INSERT INTO aliases VALUES('city','path:17','sr-Latn',63,0);
INSERT INTO aliases VALUES('city','path:18','ko',62,0);
INSERT INTO aliases VALUES('city','path:19','ar',61,0);
INSERT INTO aliases VALUES('city','path:20','ar',60,0);
INSERT INTO aliases VALUES('city','path:21','vi',59,0);
INSERT INTO aliases VALUES('city','path:22','ne',58,0);
INSERT INTO aliases VALUES('city','path:23','th',57,0);
INSERT INTO aliases VALUES('city','path:24','und',56,0);
INSERT INTO aliases VALUES('city','path:all','ar',55,0);
INSERT INTO aliases VALUES('city','path:all','en',54,0);
INSERT INTO aliases VALUES('city','path:all','ja',53,0);
INSERT INTO aliases VALUES('city','path:all','ko',52,0);
INSERT INTO aliases VALUES('city','path:all','nb',51,0);
INSERT INTO aliases VALUES('city','path:all','ne',50,0);
INSERT INTO aliases VALUES('city','path:all','nn',49,0);
INSERT INTO aliases VALUES('city','path:all','no',48,0);
INSERT INTO aliases VALUES('city','path:all','pt',47,0);
INSERT INTO aliases VALUES('city','path:all','sr',45,0);
INSERT INTO aliases VALUES('city','path:all','sr-Latn',46,0);
INSERT INTO aliases VALUES('city','path:all','th',44,0);
INSERT INTO aliases VALUES('city','path:all','vi',43,0);
INSERT INTO aliases VALUES('city','path:all','zh-Hans',41,0);
INSERT INTO aliases VALUES('city','path:all','zh-Hant',42,0);
INSERT INTO aliases VALUES('city','path:general','ko',40,0);
INSERT INTO aliases VALUES('city','path:general','pt',39,0);
INSERT INTO aliases VALUES('city','path:general','zh-Hant',38,0);
INSERT INTO aliases VALUES('city','path:regions','en',37,0);
INSERT INTO aliases VALUES('city','path:regions','pt',36,0);
INSERT INTO aliases VALUES('city','path:regions','zh-Hant',35,0);
INSERT INTO aliases VALUES('city','path:scripts','nn',34,0);
INSERT INTO aliases VALUES('city','path:scripts','sr',32,0);
INSERT INTO aliases VALUES('city','path:scripts','sr-Latn',33,0);
INSERT INTO aliases VALUES('city','path:simple','ja',31,0);
INSERT INTO aliases VALUES('city','path:simple','zh-Hans',30,0);
INSERT INTO aliases VALUES('city','path:yields','ja',29,0);
INSERT INTO aliases VALUES('port','port.example/port-00','en',28,0);
INSERT INTO aliases VALUES('port','port.example/port-01','en',27,0);
INSERT INTO aliases VALUES('port','port.example/port-02','en',26,0);
INSERT INTO aliases VALUES('port','port.example/port-03','pt',25,0);
INSERT INTO aliases VALUES('port','port.example/port-04','pt',24,0);
INSERT INTO aliases VALUES('port','port.example/port-05','pt',23,0);
INSERT INTO aliases VALUES('port','port.example/port-06','ja',22,0);
INSERT INTO aliases VALUES('port','port.example/port-07','ja',21,0);
INSERT INTO aliases VALUES('port','port.example/port-08','zh-Hans',20,0);
INSERT INTO aliases VALUES('port','port.example/port-09','zh-Hant',19,0);
INSERT INTO aliases VALUES('port','port.example/port-10','zh-Hant',18,0);
INSERT INTO aliases VALUES('port','port.example/port-11','zh-Hant',17,0);
INSERT INTO aliases VALUES('port','port.example/port-12','zh-Hans',16,0);
INSERT INTO aliases VALUES('port','port.example/port-13','no',15,0);
INSERT INTO aliases VALUES('port','port.example/port-14','nb',14,0);
INSERT INTO aliases VALUES('port','port.example/port-15','nn',13,0);
INSERT INTO aliases VALUES('port','port.example/port-16','sr',12,0);
INSERT INTO aliases VALUES('port','port.example/port-17','sr-Latn',11,0);
INSERT INTO aliases VALUES('port','port.example/port-18','ko',10,0);
INSERT INTO aliases VALUES('port','port.example/port-19','ar',9,0);
INSERT INTO aliases VALUES('port','port.example/port-20','ar',8,0);
INSERT INTO aliases VALUES('port','port.example/port-21','vi',7,0);
INSERT INTO aliases VALUES('port','port.example/port-22','ne',6,0);
INSERT INTO aliases VALUES('port','port.example/port-23','th',5,0);
INSERT INTO aliases VALUES('port','port.example/port-24','und',4,0);
INSERT INTO aliases VALUES('port','port.example/port-story-ja-simple','ja',3,0);
INSERT INTO aliases VALUES('port','port.example/port-story-ko','ko',2,0);
INSERT INTO aliases VALUES('port','port.example/port-story-pt-PT','pt',1,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-00','en',28,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-01','en',27,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-02','en',26,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-03','pt',25,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-04','pt',24,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-05','pt',23,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-06','ja',22,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-07','ja',21,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-08','zh-Hans',20,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-09','zh-Hant',19,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-10','zh-Hant',18,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-11','zh-Hant',17,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-12','zh-Hans',16,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-13','no',15,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-14','nb',14,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-15','nn',13,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-16','sr',12,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-17','sr-Latn',11,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-18','ko',10,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-19','ar',9,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-20','ar',8,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-21','vi',7,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-22','ne',6,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-23','th',5,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-24','und',4,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-story-ja-simple','ja',3,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-story-ko','ko',2,0);
INSERT INTO aliases VALUES('port','tag:port.example,2026:port-story-pt-PT','pt',1,0);
CREATE TABLE story_keys (
    publisher TEXT NOT NULL,
    key       TEXT NOT NULL,
    story     TEXT NOT NULL,
    PRIMARY KEY (publisher, key)
) WITHOUT ROWID;
INSERT INTO story_keys VALUES('city','h:00','urn:uuid:7b889b5a-f01c-5509-95e1-4e82bd0c94c0');
INSERT INTO story_keys VALUES('city','h:01','urn:uuid:524a8147-92c8-5618-88fc-8d9223b56417');
INSERT INTO story_keys VALUES('city','h:02','urn:uuid:8727c845-9d68-5671-952d-246fc6a85eba');
INSERT INTO story_keys VALUES('city','h:03','urn:uuid:7e522d33-3b35-5a6e-8f22-838eda5b51f1');
INSERT INTO story_keys VALUES('city','h:04','urn:uuid:067ca329-6d49-5e25-99d2-11a4a1b0011e');
INSERT INTO story_keys VALUES('city','h:05','urn:uuid:2947f772-2409-5b5c-aea5-837e368203e5');
INSERT INTO story_keys VALUES('city','h:06','urn:uuid:39e24048-64a1-567b-90ff-71edd79754b4');
INSERT INTO story_keys VALUES('city','h:07','urn:uuid:1a76c832-8b69-5255-8d8d-6c7e7e8b430f');
INSERT INTO story_keys VALUES('city','h:08','urn:uuid:e477d70f-d57e-5eaa-8715-7a079f0ac7bb');
INSERT INTO story_keys VALUES('city','h:09','urn:uuid:4bade0d5-0980-5d34-981e-dbd7be6ec1d1');
INSERT INTO story_keys VALUES('city','h:10','urn:uuid:5ff203d8-8ccc-562e-b849-a586710012e1');
INSERT INTO story_keys VALUES('city','h:11','urn:uuid:9085ff65-b724-5c10-9504-0c4817161d9e');
INSERT INTO story_keys VALUES('city','h:12','urn:uuid:8a148252-0ab9-532d-bc4a-a904b217959d');
INSERT INTO story_keys VALUES('city','h:13','urn:uuid:de55a81f-8c2d-556f-bb2b-e7e4ce632d77');
INSERT INTO story_keys VALUES('city','h:14','urn:uuid:fc5320d7-8521-56d7-9f0c-a6cb16ee8297');
INSERT INTO story_keys VALUES('city','h:15','urn:uuid:cd62e10b-7612-549a-b1e9-41897d45192e');
INSERT INTO story_keys VALUES('city','h:16','urn:uuid:6f72aa4b-e5ad-50bb-90b7-a411a9e3aad7');
INSERT INTO story_keys VALUES('city','h:17','urn:uuid:42d7720d-a116-5012-a61b-0fab96a776e4');
INSERT INTO story_keys VALUES('city','h:18','urn:uuid:c4348a1e-ee2a-5d15-8ef2-2758434c131f');
INSERT INTO story_keys VALUES('city','h:19','urn:uuid:ba02f58b-31e5-55f8-9b6a-e0a27ec83c3a');
INSERT INTO story_keys VALUES('city','h:20','urn:uuid:0d3fabc0-84c5-5666-926f-256977f348a5');
INSERT INTO story_keys VALUES('city','h:21','urn:uuid:85f410ed-52ce-56ac-881f-e6fe0097185d');
INSERT INTO story_keys VALUES('city','h:22','urn:uuid:b658cc39-3654-5216-ad04-10609ad21e76');
INSERT INTO story_keys VALUES('city','h:23','urn:uuid:3f66cf3c-c246-5ac1-89dc-d6e6264a534e');
INSERT INTO story_keys VALUES('city','h:24','urn:uuid:e423dc6d-5395-569c-ab13-2975bc7abe46');
INSERT INTO story_keys VALUES('city','h:all','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68');
INSERT INTO story_keys VALUES('city','h:general','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2');
INSERT INTO story_keys VALUES('city','h:regions','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3');
INSERT INTO story_keys VALUES('city','h:scripts','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5');
INSERT INTO story_keys VALUES('city','h:simple','urn:uuid:bbafd560-f3cd-5f5d-a51c-953bdbcfc592');
INSERT INTO story_keys VALUES('city','h:yields','urn:uuid:a8adae21-4392-50d8-b1e5-8559b6ed4b1c');
INSERT INTO story_keys VALUES('port','a:port.example/port-story-ja-simple','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
INSERT INTO story_keys VALUES('port','a:port.example/port-story-ko','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
INSERT INTO story_keys VALUES('port','a:port.example/port-story-pt-PT','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
INSERT INTO story_keys VALUES('port','l:port.example/port-00','urn:uuid:5a32f297-9506-5f51-82c6-183e59f892b7');
INSERT INTO story_keys VALUES('port','l:port.example/port-01','urn:uuid:20cc7760-c154-51c1-ba81-7fced3cc314c');
INSERT INTO story_keys VALUES('port','l:port.example/port-02','urn:uuid:48f65fef-ccd4-5ffc-9584-c72b490ab370');
INSERT INTO story_keys VALUES('port','l:port.example/port-03','urn:uuid:5815284b-45c0-53dc-9ecd-55434e9628e0');
INSERT INTO story_keys VALUES('port','l:port.example/port-04','urn:uuid:3917cadc-e047-5d9e-b110-2e1c3af3fd3c');
INSERT INTO story_keys VALUES('port','l:port.example/port-05','urn:uuid:b4c66c47-c8d7-5547-ac6d-a5071dd06a1f');
INSERT INTO story_keys VALUES('port','l:port.example/port-06','urn:uuid:2a521c93-9a07-5d92-a6fb-8c6113b62b7f');
INSERT INTO story_keys VALUES('port','l:port.example/port-07','urn:uuid:e6999c86-8777-5ab8-a0c4-353ce49412ac');
INSERT INTO story_keys VALUES('port','l:port.example/port-08','urn:uuid:873e0bc9-928f-5a8e-b3ed-e9f126986e82');
INSERT INTO story_keys VALUES('port','l:port.example/port-09','urn:uuid:ca05a339-e648-5902-a4d3-5fcf7c8a2741');
INSERT INTO story_keys VALUES('port','l:port.example/port-10','urn:uuid:70718fa4-c5c4-514a-907a-fbd7850a53cb');
INSERT INTO story_keys VALUES('port','l:port.example/port-11','urn:uuid:bdf9c175-bf60-556c-a11c-5f8f388e6746');
INSERT INTO story_keys VALUES('port','l:port.example/port-12','urn:uuid:b576a702-b76d-532a-bd73-d66ae39549dc');
INSERT INTO story_keys VALUES('port','l:port.example/port-13','urn:uuid:7d78028a-b0c1-5a5c-8456-362b8a82544e');
INSERT INTO story_keys VALUES('port','l:port.example/port-14','urn:uuid:e124c4e1-722b-5702-ae7e-2fff4f74fb07');
INSERT INTO story_keys VALUES('port','l:port.example/port-15','urn:uuid:e2e2301d-ae0a-5793-965c-46e269b096fd');
INSERT INTO story_keys VALUES('port','l:port.example/port-16','urn:uuid:40eeb235-632f-5cc7-a114-8862428c57ca');
INSERT INTO story_keys VALUES('port','l:port.example/port-17','urn:uuid:f5fbd073-caf8-5249-b6b9-bbe0c55d1974');
INSERT INTO story_keys VALUES('port','l:port.example/port-18','urn:uuid:a16210c0-ff74-59b6-8598-78e0f73f8308');
INSERT INTO story_keys VALUES('port','l:port.example/port-19','urn:uuid:c0cf3492-f459-5171-9f09-f12b17cc56fc');
INSERT INTO story_keys VALUES('port','l:port.example/port-20','urn:uuid:1d5ad82c-904f-58c8-8f77-fde6800bccb2');
INSERT INTO story_keys VALUES('port','l:port.example/port-21','urn:uuid:ab32dfa8-00db-54e4-a470-4c0082a3c1ec');
INSERT INTO story_keys VALUES('port','l:port.example/port-22','urn:uuid:4df01435-d859-5678-a3bf-61f0fc4e093f');
INSERT INTO story_keys VALUES('port','l:port.example/port-23','urn:uuid:2b5b6692-05f2-5a97-86e6-65596f236470');
INSERT INTO story_keys VALUES('port','l:port.example/port-24','urn:uuid:7c51d4a5-e0f0-550d-9638-ecc2f1e45e58');
INSERT INTO story_keys VALUES('port','l:port.example/port-story-ja-simple','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
INSERT INTO story_keys VALUES('port','l:port.example/port-story-ko','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
INSERT INTO story_keys VALUES('port','l:port.example/port-story-pt-PT','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1');
CREATE TABLE revisions (
    article        INTEGER NOT NULL,
    n              INTEGER NOT NULL,
    hash           TEXT    NOT NULL,
    time_ms        INTEGER NOT NULL,
    title          TEXT    NOT NULL,
    summary        TEXT    NOT NULL,
    content        TEXT    NOT NULL,
    link           TEXT    NOT NULL,
    rights         TEXT    NOT NULL,
    published_ms   INTEGER NOT NULL,
    published_from TEXT    NOT NULL,
    updated_ms     INTEGER NOT NULL,
    corrected_ms   INTEGER NOT NULL,
    lists          TEXT    NOT NULL,
    PRIMARY KEY (article, n)
);
INSERT INTO revisions VALUES(1,1,'1mpurXP8DcVBr53nmRJ78Nw',1796008063982,'As obras na rua principa port-story-pt-PT/pt-PT','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-story-pt-PT)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-story-pt-PT)</p>','https://port.example/port-story-pt-PT','',1793494800000,'declared',0,0,'{"alternates":[{"language":"ja","link":"https://port.example/port-story-ja-simple"},{"language":"ko","link":"https://port.example/port-story-ko"}],"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(2,1,'1EzSzscb2vZq3-GVdOnEMLA',1796008063982,'월요일부터 큰길 공사가 시작됩니다. 주민 여 port-story-ko/ko','월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (port-story-ko)','<p>월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (port-story-ko)</p>','https://port.example/port-story-ko','',1793494800000,'declared',0,0,'{"alternates":[{"language":"ja","link":"https://port.example/port-story-ja-simple"},{"language":"pt","link":"https://port.example/port-story-pt-PT"}],"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(3,1,'1oYnAq7maDsijRHgOiTN0pw',1796008063982,'げつようびから おおきい みちを なおします。し port-story-ja-simple/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (port-story-ja-simple)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (port-story-ja-simple)</p>','https://port.example/port-story-ja-simple','',1793494800000,'declared',0,0,'{"alternates":[{"language":"ko","link":"https://port.example/port-story-ko"},{"language":"pt","link":"https://port.example/port-story-pt-PT"}],"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(4,1,'1s4sQcZgUnuCsIbev6tp3HQ',1796008063982,'☎ 03-0000-0000 port-24/','☎ 03-0000-0000 (port-24)','<p>☎ 03-0000-0000 (port-24)</p>','https://port.example/port-24','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(5,1,'1dCYuS5-EdlCLV74j1K_tag',1796008063982,'งานบนถนนสายหลักจะเริ่มใน port-23/th','งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (port-23)','<p>งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (port-23)</p>','https://port.example/port-23','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(6,1,'1imu6jTWaBq4C88COn7QxVw',1796008063982,'मुख्य सडकको काम सोमबारदे port-22/ne','मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (port-22)','<p>मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (port-22)</p>','https://port.example/port-22','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(7,1,'1MBsqQXdrlIX65OJahdJiLA',1796008063982,'Công việc trên đường chí port-21/vi','Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (port-21)','<p>Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (port-21)</p>','https://port.example/port-21','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(8,1,'1JIL1J6zuDsKOPpMqNmSJPQ',1796008063982,'يبدأ العمل في الشارع الر port-20/ar-SA','يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (port-20)','<p>يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (port-20)</p>','https://port.example/port-20','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(9,1,'1Dt64z_jZN7kf4Fod8Vfqjw',1796008063982,'يبدأ العمل في الشارع الر port-19/ar','يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (port-19)','<p>يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (port-19)</p>','https://port.example/port-19','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(10,1,'1RQBuNilgejbQ6xLxK9gjdQ',1796008063982,'월요일부터 큰길 공사가 시작됩니다. 주민 여 port-18/ko','월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (port-18)','<p>월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (port-18)</p>','https://port.example/port-18','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(11,1,'1YWmVADqRtX9PORstWRMusQ',1796008063982,'Radovi u glavnoj ulici p port-17/sr-Latn','Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (port-17)','<p>Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (port-17)</p>','https://port.example/port-17','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(12,1,'1knGVAAU8Y0ahUGFKKQnKCQ',1796008063982,'Радови у главној улици п port-16/sr','Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (port-16)','<p>Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (port-16)</p>','https://port.example/port-16','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(13,1,'1O-H5_kzraRTteXQtXi6PGQ',1796008063982,'Arbeidet i hovudgata byr port-15/nn','Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (port-15)','<p>Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (port-15)</p>','https://port.example/port-15','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(14,1,'1xoTOMdWJoPlgPzLw6Rf6rA',1796008063982,'Arbeidet i hovedgaten be port-14/nb','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (port-14)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (port-14)</p>','https://port.example/port-14','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(15,1,'1IJrLhSeJM01D2OueaYXqqA',1796008063982,'Arbeidet i hovedgaten be port-13/no','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (port-13)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (port-13)</p>','https://port.example/port-13','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(16,1,'11ignfnWRAvOFhj_te7TuAw',1796008063982,'主要街道的施工将于星期一开始，请居民在周末之前使 port-12/zh','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (port-12)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (port-12)</p>','https://port.example/port-12','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(17,1,'1VT2dUCCoAo_oDKqUw2oKCg',1796008063982,'主要街道的施工將於星期一開始，請居民在週末之前使 port-11/zh-TW','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-11)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-11)</p>','https://port.example/port-11','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(18,1,'1Nc1bRVnEmyOXxxqk6ew_pA',1796008063982,'主要街道的施工將於星期一開始，請居民在週末之前使 port-10/zh-HK','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-10)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-10)</p>','https://port.example/port-10','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(19,1,'18d5zMMQYOyEpPh_hsxORHw',1796008063982,'主要街道的施工將於星期一開始，請居民在週末之前使 port-09/zh-Hant','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-09)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (port-09)</p>','https://port.example/port-09','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(20,1,'1XFsGymdz4OyZlEzb8Vc3EQ',1796008063982,'主要街道的施工将于星期一开始，请居民在周末之前使 port-08/zh-Hans','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (port-08)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (port-08)</p>','https://port.example/port-08','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(21,1,'1vkNGviA2qAnE9-UMRnHKiQ',1796008063982,'げつようびから おおきい みちを なおします。し port-07/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (port-07)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (port-07)</p>','https://port.example/port-07','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(22,1,'1QjwSRx8ljhyCmFfVC04twQ',1796008063982,'月曜日から大通りの工事が始まります。週末まで、ほ port-06/ja','月曜日から大通りの工事が始まります。週末まで、ほかの道をお使いくださいますようお願いします。 (port-06)','<p>月曜日から大通りの工事が始まります。週末まで、ほかの道をお使いくださいますようお願いします。 (port-06)</p>','https://port.example/port-06','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(23,1,'1SL5NK0glZLa2IMew1zDbrw',1796008063982,'As obras na rua principa port-05/pt-PT','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-05)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-05)</p>','https://port.example/port-05','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(24,1,'1y7DwhoYI4OXA_uQua9H0Xg',1796008063982,'As obras na rua principa port-04/pt-BR','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-04)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-04)</p>','https://port.example/port-04','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(25,1,'1Qal4VHvtfkxqSPiRhmpJgA',1796008063982,'As obras na rua principa port-03/pt','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-03)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (port-03)</p>','https://port.example/port-03','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(26,1,'14NkEny7iiHZDM9abMicaWA',1796008063982,'Work on the main street port-02/en-US','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-02)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-02)</p>','https://port.example/port-02','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(27,1,'1lto0Mr_ZXG7ONTPCoue3ug',1796008063982,'Work on the main street port-01/en-GB','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-01)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-01)</p>','https://port.example/port-01','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(28,1,'1ALE3DuIp8UplmmSWgrF7Eg',1796008063982,'Work on the main street port-00/en','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-00)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (port-00)</p>','https://port.example/port-00','',1793494800000,'declared',0,0,'{"feed":{"id":"tag:port.example,2026:feed","title":"Port","link":"https://port.example/"},"modified":1793494800000}');
INSERT INTO revisions VALUES(29,1,'1jd1wyYuk-KEEdjJWq8Mr6Q',1796008063994,'げつようびから おおきい みちを なおします。し yields/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (yields)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (yields)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(30,1,'1Fjj0XtS7IL3ZeV-zPh4bZA',1796008063994,'主要街道的施工将于星期一开始，请居民在周末之前使 simple/zh-Hans','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (simple)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (simple)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(31,1,'11GkFhKJZWm0VqdrtiurRLQ',1796008063994,'げつようびから おおきい みちを なおします。し simple/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (simple)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (simple)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(32,1,'1xkCF23FetoOJx96SJcKkeg',1796008063994,'Радови у главној улици п scripts/sr','Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (scripts)','<p>Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (scripts)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(33,1,'19-H3d0JfOFCBMVTfgVo4uw',1796008063994,'Radovi u glavnoj ulici p scripts/sr-Latn','Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (scripts)','<p>Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (scripts)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(34,1,'1A9BcvM95bYjduiwsJjLHKQ',1796008063994,'Arbeidet i hovudgata byr scripts/nn','Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (scripts)','<p>Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (scripts)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(35,1,'1gfyQ3AXw-etFNt0iL5o3mA',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 regions/zh-HK','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (regions)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (regions)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(36,1,'1wGKTZyPk_8ll50xUhVXT0Q',1796008063994,'As obras na rua principa regions/pt-PT','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (regions)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (regions)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(37,1,'16Sh_ZMTru0hdmGW7vqj8zA',1796008063994,'Work on the main street regions/en-GB','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (regions)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (regions)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(38,1,'1Uy_l9XyyyMmPLYGtEg7bvg',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 general/zh-TW','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (general)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (general)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(39,1,'1sIbx30O9neVyZGqVaWLTeA',1796008063994,'As obras na rua principa general/pt-PT','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (general)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (general)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(40,1,'1d-jQLMUX-BbxLlBTfpGG7A',1796008063994,'월요일부터 큰길 공사가 시작됩니다. 주민 여 general/ko','월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (general)','<p>월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (general)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(41,1,'1Mjy3Lv2XUMf1--RWadEMYA',1796008063994,'主要街道的施工将于星期一开始，请居民在周末之前使 all/zh-Hans','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (all)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(42,1,'1QBoT5U13k460p-XwpsjWyw',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 all/zh-HK','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (all)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(43,1,'1_Qu3SKiw2e0KVyU1BmPYSQ',1796008063994,'Công việc trên đường chí all/vi','Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (all)','<p>Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(44,1,'1DOpJ92MGZAF_zhRCrUvksQ',1796008063994,'งานบนถนนสายหลักจะเริ่มใน all/th','งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (all)','<p>งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(45,1,'1nk4w2FCJs-HBAIC13h4Y1Q',1796008063994,'Радови у главној улици п all/sr','Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (all)','<p>Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(46,1,'1WVlQvLkW7Ogdr1YCG0TlfQ',1796008063994,'Radovi u glavnoj ulici p all/sr-Latn','Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (all)','<p>Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(47,1,'1lDGTSJdXXU8ZZqO2qz2Ccg',1796008063994,'As obras na rua principa all/pt-BR','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (all)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(48,1,'1pkue9mNRksXcO9cd4Qzc-g',1796008063994,'Arbeidet i hovedgaten be all/no','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (all)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(49,1,'1uWe4mzYk7FERe5VPL3kucQ',1796008063994,'Arbeidet i hovudgata byr all/nn','Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (all)','<p>Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(50,1,'1XhiyNw6ggASM80iZhC0DUw',1796008063994,'मुख्य सडकको काम सोमबारदे all/ne','मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (all)','<p>मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(51,1,'1kestzuUn8_irTfKSMgPy-Q',1796008063994,'Arbeidet i hovedgaten be all/nb','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (all)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(52,1,'1G0XO4M0Y7vhWOW7Nauh7jg',1796008063994,'월요일부터 큰길 공사가 시작됩니다. 주민 여 all/ko','월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (all)','<p>월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(53,1,'1EMYOL-cdB_6tF4nOIShCPQ',1796008063994,'げつようびから おおきい みちを なおします。し all/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (all)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(54,1,'1ZOo4z-3ipSvU0qOLtRYR6Q',1796008063994,'Work on the main street all/en-GB','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (all)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(55,1,'1BMvUnEX45C06UlO72Bfy8Q',1796008063994,'يبدأ العمل في الشارع الر all/ar-SA','يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (all)','<p>يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (all)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(56,1,'1lpmeeFk_mTGBLId2O7D8qA',1796008063994,'☎ 03-0000-0000 24/','☎ 03-0000-0000 (24)','<p>☎ 03-0000-0000 (24)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(57,1,'1IAT7NqCXl1Xja5KG3DI_YQ',1796008063994,'งานบนถนนสายหลักจะเริ่มใน 23/th','งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (23)','<p>งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์ (23)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(58,1,'1JvZrBZhckfz_3eb0H6QbjA',1796008063994,'मुख्य सडकको काम सोमबारदे 22/ne','मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (22)','<p>मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्। (22)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(59,1,'1LxSifzHyMGjGJzPomvkGQQ',1796008063994,'Công việc trên đường chí 21/vi','Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (21)','<p>Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần. (21)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(60,1,'1WocklYtQ3MbqBclqMYsXIw',1796008063994,'يبدأ العمل في الشارع الر 20/ar-SA','يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (20)','<p>يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (20)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(61,1,'1tspRQn2556Izxil0yXH5bg',1796008063994,'يبدأ العمل في الشارع الر 19/ar','يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (19)','<p>يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع. (19)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(62,1,'1I1SZ6_xxdaNhdABk_GpMwA',1796008063994,'월요일부터 큰길 공사가 시작됩니다. 주민 여 18/ko','월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (18)','<p>월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다. (18)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(63,1,'1gfgBvD8KXDbwMLeTdeZqaw',1796008063994,'Radovi u glavnoj ulici p 17/sr-Latn','Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (17)','<p>Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice. (17)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(64,1,'1bVxe4TrvnzL-mSFcZVO6AQ',1796008063994,'Радови у главној улици п 16/sr','Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (16)','<p>Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице. (16)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(65,1,'1E54RVc8siWUBWdXGGdULhQ',1796008063994,'Arbeidet i hovudgata byr 15/nn','Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (15)','<p>Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka. (15)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(66,1,'1BDWSBG_YoNh5m4md1tktfw',1796008063994,'Arbeidet i hovedgaten be 14/nb','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (14)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (14)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(67,1,'1Pm6o9T7b54cPyylEIYyY2A',1796008063994,'Arbeidet i hovedgaten be 13/no','Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (13)','<p>Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken. (13)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(68,1,'1SGQmebjnXuq_wQ089OLEeA',1796008063994,'主要街道的施工将于星期一开始，请居民在周末之前使 12/zh','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (12)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (12)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(69,1,'11D_JijUSBdBECcAkgv_faQ',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 11/zh-TW','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (11)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (11)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(70,1,'1eAmrNLK2wp_aEo42HDLC7A',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 10/zh-HK','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (10)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (10)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(71,1,'1PSbiNpunFWNYwVIDuMcUHA',1796008063994,'主要街道的施工將於星期一開始，請居民在週末之前使 09/zh-Hant','主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (09)','<p>主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。 (09)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(72,1,'1QyT6uNQXxm48RIIQoul59A',1796008063994,'主要街道的施工将于星期一开始，请居民在周末之前使 08/zh-Hans','主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (08)','<p>主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。 (08)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(73,1,'19MaQVz3MVm96CouKMokBMw',1796008063994,'げつようびから おおきい みちを なおします。し 07/ja-simple','げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (07)','<p>げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。 (07)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(74,1,'1Xpresi_J4L8iQRYgU5zrtw',1796008063994,'月曜日から大通りの工事が始まります。週末まで、ほ 06/ja','月曜日から大通りの工事が始まります。週末まで、ほかの道をお使いくださいますようお願いします。 (06)','<p>月曜日から大通りの工事が始まります。週末まで、ほかの道をお使いくださいますようお願いします。 (06)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(75,1,'1eK0u9M_gn0WuT_ONlzDMOg',1796008063994,'As obras na rua principa 05/pt-PT','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (05)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (05)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(76,1,'1bvebeDsAfNLMJzJB1ogzLg',1796008063994,'As obras na rua principa 04/pt-BR','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (04)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (04)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(77,1,'1zh53pU3tOS3YgsapON-YOA',1796008063994,'As obras na rua principa 03/pt','As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (03)','<p>As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana. (03)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(78,1,'1zJek5Ld1yFPsOe-Xm3o9yw',1796008063994,'Work on the main street 02/en-US','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (02)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (02)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(79,1,'1B6j57266W-hTxXj-ie_h_A',1796008063994,'Work on the main street 01/en-GB','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (01)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (01)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
INSERT INTO revisions VALUES(80,1,'1vgHDoLGZn0QtcgZSTCbuVw',1796008063994,'Work on the main street 00/en','Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (00)','<p>Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week. (00)</p>','','',1793491200000,'declared',0,0,'{"modified":1793491200000}');
CREATE TABLE article_sources (
    source     TEXT    NOT NULL,
    article    INTEGER NOT NULL,
    terms      TEXT    NOT NULL,
    categories TEXT    NOT NULL,
    gone_ms    INTEGER NOT NULL, by_default INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;
INSERT INTO article_sources VALUES('news',1,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',2,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',3,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',4,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',5,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',6,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',7,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',8,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',9,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',10,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',11,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',12,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',13,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',14,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',15,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',16,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',17,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',18,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',19,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',20,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',21,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',22,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',23,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',24,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',25,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',26,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',27,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('news',28,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',29,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',30,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',31,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',32,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',33,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',34,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',35,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',36,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',37,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',38,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',39,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',40,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',41,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',42,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',43,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',44,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',45,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',46,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',47,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',48,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',49,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',50,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',51,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',52,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',53,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',54,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',55,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',56,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',57,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',58,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',59,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',60,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',61,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',62,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',63,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',64,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',65,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',66,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',67,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',68,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',69,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',70,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',71,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',72,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',73,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',74,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',75,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',76,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',77,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',78,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',79,'[]','["living"]',0,1);
INSERT INTO article_sources VALUES('notices',80,'[]','["living"]',0,1);
CREATE TABLE log (
    seq       INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    story     TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    publisher TEXT    NOT NULL,
    time_ms   INTEGER NOT NULL
);
INSERT INTO log VALUES(1,1,1,'new','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','pt','port',1796008063982);
INSERT INTO log VALUES(2,2,1,'translation','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','ko','port',1796008063982);
INSERT INTO log VALUES(3,3,1,'translation','urn:uuid:96b8dff1-b653-5394-bc31-f3be0e989ae1','ja','port',1796008063982);
INSERT INTO log VALUES(4,4,1,'new','urn:uuid:7c51d4a5-e0f0-550d-9638-ecc2f1e45e58','und','port',1796008063982);
INSERT INTO log VALUES(5,5,1,'new','urn:uuid:2b5b6692-05f2-5a97-86e6-65596f236470','th','port',1796008063982);
INSERT INTO log VALUES(6,6,1,'new','urn:uuid:4df01435-d859-5678-a3bf-61f0fc4e093f','ne','port',1796008063982);
INSERT INTO log VALUES(7,7,1,'new','urn:uuid:ab32dfa8-00db-54e4-a470-4c0082a3c1ec','vi','port',1796008063982);
INSERT INTO log VALUES(8,8,1,'new','urn:uuid:1d5ad82c-904f-58c8-8f77-fde6800bccb2','ar','port',1796008063982);
INSERT INTO log VALUES(9,9,1,'new','urn:uuid:c0cf3492-f459-5171-9f09-f12b17cc56fc','ar','port',1796008063982);
INSERT INTO log VALUES(10,10,1,'new','urn:uuid:a16210c0-ff74-59b6-8598-78e0f73f8308','ko','port',1796008063982);
INSERT INTO log VALUES(11,11,1,'new','urn:uuid:f5fbd073-caf8-5249-b6b9-bbe0c55d1974','sr-Latn','port',1796008063982);
INSERT INTO log VALUES(12,12,1,'new','urn:uuid:40eeb235-632f-5cc7-a114-8862428c57ca','sr','port',1796008063982);
INSERT INTO log VALUES(13,13,1,'new','urn:uuid:e2e2301d-ae0a-5793-965c-46e269b096fd','nn','port',1796008063982);
INSERT INTO log VALUES(14,14,1,'new','urn:uuid:e124c4e1-722b-5702-ae7e-2fff4f74fb07','nb','port',1796008063982);
INSERT INTO log VALUES(15,15,1,'new','urn:uuid:7d78028a-b0c1-5a5c-8456-362b8a82544e','no','port',1796008063982);
INSERT INTO log VALUES(16,16,1,'new','urn:uuid:b576a702-b76d-532a-bd73-d66ae39549dc','zh-Hans','port',1796008063982);
INSERT INTO log VALUES(17,17,1,'new','urn:uuid:bdf9c175-bf60-556c-a11c-5f8f388e6746','zh-Hant','port',1796008063982);
INSERT INTO log VALUES(18,18,1,'new','urn:uuid:70718fa4-c5c4-514a-907a-fbd7850a53cb','zh-Hant','port',1796008063982);
INSERT INTO log VALUES(19,19,1,'new','urn:uuid:ca05a339-e648-5902-a4d3-5fcf7c8a2741','zh-Hant','port',1796008063982);
INSERT INTO log VALUES(20,20,1,'new','urn:uuid:873e0bc9-928f-5a8e-b3ed-e9f126986e82','zh-Hans','port',1796008063982);
INSERT INTO log VALUES(21,21,1,'new','urn:uuid:e6999c86-8777-5ab8-a0c4-353ce49412ac','ja','port',1796008063982);
INSERT INTO log VALUES(22,22,1,'new','urn:uuid:2a521c93-9a07-5d92-a6fb-8c6113b62b7f','ja','port',1796008063982);
INSERT INTO log VALUES(23,23,1,'new','urn:uuid:b4c66c47-c8d7-5547-ac6d-a5071dd06a1f','pt','port',1796008063982);
INSERT INTO log VALUES(24,24,1,'new','urn:uuid:3917cadc-e047-5d9e-b110-2e1c3af3fd3c','pt','port',1796008063982);
INSERT INTO log VALUES(25,25,1,'new','urn:uuid:5815284b-45c0-53dc-9ecd-55434e9628e0','pt','port',1796008063982);
INSERT INTO log VALUES(26,26,1,'new','urn:uuid:48f65fef-ccd4-5ffc-9584-c72b490ab370','en','port',1796008063982);
INSERT INTO log VALUES(27,27,1,'new','urn:uuid:20cc7760-c154-51c1-ba81-7fced3cc314c','en','port',1796008063982);
INSERT INTO log VALUES(28,28,1,'new','urn:uuid:5a32f297-9506-5f51-82c6-183e59f892b7','en','port',1796008063982);
INSERT INTO log VALUES(29,29,1,'new','urn:uuid:a8adae21-4392-50d8-b1e5-8559b6ed4b1c','ja','city',1796008063994);
INSERT INTO log VALUES(30,30,1,'new','urn:uuid:bbafd560-f3cd-5f5d-a51c-953bdbcfc592','zh-Hans','city',1796008063994);
INSERT INTO log VALUES(31,31,1,'translation','urn:uuid:bbafd560-f3cd-5f5d-a51c-953bdbcfc592','ja','city',1796008063994);
INSERT INTO log VALUES(32,32,1,'new','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','sr','city',1796008063994);
INSERT INTO log VALUES(33,33,1,'translation','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','sr-Latn','city',1796008063994);
INSERT INTO log VALUES(34,34,1,'translation','urn:uuid:cfb5f0ab-b16d-510c-a929-dee37c3ac3a5','nn','city',1796008063994);
INSERT INTO log VALUES(35,35,1,'new','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(36,36,1,'translation','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','pt','city',1796008063994);
INSERT INTO log VALUES(37,37,1,'translation','urn:uuid:e063e910-b012-5d17-9974-5f71f31f34c3','en','city',1796008063994);
INSERT INTO log VALUES(38,38,1,'new','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(39,39,1,'translation','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','pt','city',1796008063994);
INSERT INTO log VALUES(40,40,1,'translation','urn:uuid:16f0b39e-458e-5108-b363-198379c9b5e2','ko','city',1796008063994);
INSERT INTO log VALUES(41,41,1,'new','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','zh-Hans','city',1796008063994);
INSERT INTO log VALUES(42,42,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(43,43,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','vi','city',1796008063994);
INSERT INTO log VALUES(44,44,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','th','city',1796008063994);
INSERT INTO log VALUES(45,45,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','sr','city',1796008063994);
INSERT INTO log VALUES(46,46,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','sr-Latn','city',1796008063994);
INSERT INTO log VALUES(47,47,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','pt','city',1796008063994);
INSERT INTO log VALUES(48,48,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','no','city',1796008063994);
INSERT INTO log VALUES(49,49,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','nn','city',1796008063994);
INSERT INTO log VALUES(50,50,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','ne','city',1796008063994);
INSERT INTO log VALUES(51,51,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','nb','city',1796008063994);
INSERT INTO log VALUES(52,52,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','ko','city',1796008063994);
INSERT INTO log VALUES(53,53,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','ja','city',1796008063994);
INSERT INTO log VALUES(54,54,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','en','city',1796008063994);
INSERT INTO log VALUES(55,55,1,'translation','urn:uuid:1c68e610-a220-5578-a77e-64a283aa0c68','ar','city',1796008063994);
INSERT INTO log VALUES(56,56,1,'new','urn:uuid:e423dc6d-5395-569c-ab13-2975bc7abe46','und','city',1796008063994);
INSERT INTO log VALUES(57,57,1,'new','urn:uuid:3f66cf3c-c246-5ac1-89dc-d6e6264a534e','th','city',1796008063994);
INSERT INTO log VALUES(58,58,1,'new','urn:uuid:b658cc39-3654-5216-ad04-10609ad21e76','ne','city',1796008063994);
INSERT INTO log VALUES(59,59,1,'new','urn:uuid:85f410ed-52ce-56ac-881f-e6fe0097185d','vi','city',1796008063994);
INSERT INTO log VALUES(60,60,1,'new','urn:uuid:0d3fabc0-84c5-5666-926f-256977f348a5','ar','city',1796008063994);
INSERT INTO log VALUES(61,61,1,'new','urn:uuid:ba02f58b-31e5-55f8-9b6a-e0a27ec83c3a','ar','city',1796008063994);
INSERT INTO log VALUES(62,62,1,'new','urn:uuid:c4348a1e-ee2a-5d15-8ef2-2758434c131f','ko','city',1796008063994);
INSERT INTO log VALUES(63,63,1,'new','urn:uuid:42d7720d-a116-5012-a61b-0fab96a776e4','sr-Latn','city',1796008063994);
INSERT INTO log VALUES(64,64,1,'new','urn:uuid:6f72aa4b-e5ad-50bb-90b7-a411a9e3aad7','sr','city',1796008063994);
INSERT INTO log VALUES(65,65,1,'new','urn:uuid:cd62e10b-7612-549a-b1e9-41897d45192e','nn','city',1796008063994);
INSERT INTO log VALUES(66,66,1,'new','urn:uuid:fc5320d7-8521-56d7-9f0c-a6cb16ee8297','nb','city',1796008063994);
INSERT INTO log VALUES(67,67,1,'new','urn:uuid:de55a81f-8c2d-556f-bb2b-e7e4ce632d77','no','city',1796008063994);
INSERT INTO log VALUES(68,68,1,'new','urn:uuid:8a148252-0ab9-532d-bc4a-a904b217959d','zh-Hans','city',1796008063994);
INSERT INTO log VALUES(69,69,1,'new','urn:uuid:9085ff65-b724-5c10-9504-0c4817161d9e','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(70,70,1,'new','urn:uuid:5ff203d8-8ccc-562e-b849-a586710012e1','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(71,71,1,'new','urn:uuid:4bade0d5-0980-5d34-981e-dbd7be6ec1d1','zh-Hant','city',1796008063994);
INSERT INTO log VALUES(72,72,1,'new','urn:uuid:e477d70f-d57e-5eaa-8715-7a079f0ac7bb','zh-Hans','city',1796008063994);
INSERT INTO log VALUES(73,73,1,'new','urn:uuid:1a76c832-8b69-5255-8d8d-6c7e7e8b430f','ja','city',1796008063994);
INSERT INTO log VALUES(74,74,1,'new','urn:uuid:39e24048-64a1-567b-90ff-71edd79754b4','ja','city',1796008063994);
INSERT INTO log VALUES(75,75,1,'new','urn:uuid:2947f772-2409-5b5c-aea5-837e368203e5','pt','city',1796008063994);
INSERT INTO log VALUES(76,76,1,'new','urn:uuid:067ca329-6d49-5e25-99d2-11a4a1b0011e','pt','city',1796008063994);
INSERT INTO log VALUES(77,77,1,'new','urn:uuid:7e522d33-3b35-5a6e-8f22-838eda5b51f1','pt','city',1796008063994);
INSERT INTO log VALUES(78,78,1,'new','urn:uuid:8727c845-9d68-5671-952d-246fc6a85eba','en','city',1796008063994);
INSERT INTO log VALUES(79,79,1,'new','urn:uuid:524a8147-92c8-5618-88fc-8d9223b56417','en','city',1796008063994);
INSERT INTO log VALUES(80,80,1,'new','urn:uuid:7b889b5a-f01c-5509-95e1-4e82bd0c94c0','en','city',1796008063994);
CREATE TABLE log_categories (
    category TEXT    NOT NULL,
    language TEXT    NOT NULL,
    seq      INTEGER NOT NULL, outside INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (category, language, seq)
) WITHOUT ROWID;
INSERT INTO log_categories VALUES('living','ar',8,0);
INSERT INTO log_categories VALUES('living','ar',9,0);
INSERT INTO log_categories VALUES('living','ar',55,0);
INSERT INTO log_categories VALUES('living','ar',60,0);
INSERT INTO log_categories VALUES('living','ar',61,0);
INSERT INTO log_categories VALUES('living','en',26,0);
INSERT INTO log_categories VALUES('living','en',27,0);
INSERT INTO log_categories VALUES('living','en',28,0);
INSERT INTO log_categories VALUES('living','en',37,0);
INSERT INTO log_categories VALUES('living','en',54,0);
INSERT INTO log_categories VALUES('living','en',78,0);
INSERT INTO log_categories VALUES('living','en',79,0);
INSERT INTO log_categories VALUES('living','en',80,0);
INSERT INTO log_categories VALUES('living','ja',3,0);
INSERT INTO log_categories VALUES('living','ja',21,0);
INSERT INTO log_categories VALUES('living','ja',22,0);
INSERT INTO log_categories VALUES('living','ja',29,0);
INSERT INTO log_categories VALUES('living','ja',31,0);
INSERT INTO log_categories VALUES('living','ja',53,0);
INSERT INTO log_categories VALUES('living','ja',73,0);
INSERT INTO log_categories VALUES('living','ja',74,0);
INSERT INTO log_categories VALUES('living','ko',2,0);
INSERT INTO log_categories VALUES('living','ko',10,0);
INSERT INTO log_categories VALUES('living','ko',40,0);
INSERT INTO log_categories VALUES('living','ko',52,0);
INSERT INTO log_categories VALUES('living','ko',62,0);
INSERT INTO log_categories VALUES('living','nb',14,0);
INSERT INTO log_categories VALUES('living','nb',51,0);
INSERT INTO log_categories VALUES('living','nb',66,0);
INSERT INTO log_categories VALUES('living','ne',6,0);
INSERT INTO log_categories VALUES('living','ne',50,0);
INSERT INTO log_categories VALUES('living','ne',58,0);
INSERT INTO log_categories VALUES('living','nn',13,0);
INSERT INTO log_categories VALUES('living','nn',34,0);
INSERT INTO log_categories VALUES('living','nn',49,0);
INSERT INTO log_categories VALUES('living','nn',65,0);
INSERT INTO log_categories VALUES('living','no',15,0);
INSERT INTO log_categories VALUES('living','no',48,0);
INSERT INTO log_categories VALUES('living','no',67,0);
INSERT INTO log_categories VALUES('living','pt',1,0);
INSERT INTO log_categories VALUES('living','pt',23,0);
INSERT INTO log_categories VALUES('living','pt',24,0);
INSERT INTO log_categories VALUES('living','pt',25,0);
INSERT INTO log_categories VALUES('living','pt',36,0);
INSERT INTO log_categories VALUES('living','pt',39,0);
INSERT INTO log_categories VALUES('living','pt',47,0);
INSERT INTO log_categories VALUES('living','pt',75,0);
INSERT INTO log_categories VALUES('living','pt',76,0);
INSERT INTO log_categories VALUES('living','pt',77,0);
INSERT INTO log_categories VALUES('living','sr',12,0);
INSERT INTO log_categories VALUES('living','sr',32,0);
INSERT INTO log_categories VALUES('living','sr',45,0);
INSERT INTO log_categories VALUES('living','sr',64,0);
INSERT INTO log_categories VALUES('living','sr-Latn',11,0);
INSERT INTO log_categories VALUES('living','sr-Latn',33,0);
INSERT INTO log_categories VALUES('living','sr-Latn',46,0);
INSERT INTO log_categories VALUES('living','sr-Latn',63,0);
INSERT INTO log_categories VALUES('living','th',5,0);
INSERT INTO log_categories VALUES('living','th',44,0);
INSERT INTO log_categories VALUES('living','th',57,0);
INSERT INTO log_categories VALUES('living','und',4,0);
INSERT INTO log_categories VALUES('living','und',56,0);
INSERT INTO log_categories VALUES('living','vi',7,0);
INSERT INTO log_categories VALUES('living','vi',43,0);
INSERT INTO log_categories VALUES('living','vi',59,0);
INSERT INTO log_categories VALUES('living','zh-Hans',16,0);
INSERT INTO log_categories VALUES('living','zh-Hans',20,0);
INSERT INTO log_categories VALUES('living','zh-Hans',30,0);
INSERT INTO log_categories VALUES('living','zh-Hans',41,0);
INSERT INTO log_categories VALUES('living','zh-Hans',68,0);
INSERT INTO log_categories VALUES('living','zh-Hans',72,0);
INSERT INTO log_categories VALUES('living','zh-Hant',17,0);
INSERT INTO log_categories VALUES('living','zh-Hant',18,0);
INSERT INTO log_categories VALUES('living','zh-Hant',19,0);
INSERT INTO log_categories VALUES('living','zh-Hant',35,0);
INSERT INTO log_categories VALUES('living','zh-Hant',38,0);
INSERT INTO log_categories VALUES('living','zh-Hant',42,0);
INSERT INTO log_categories VALUES('living','zh-Hant',69,0);
INSERT INTO log_categories VALUES('living','zh-Hant',70,0);
INSERT INTO log_categories VALUES('living','zh-Hant',71,0);
CREATE TABLE source_states (
    id              TEXT    PRIMARY KEY,
    address         TEXT    NOT NULL,
    etag            TEXT    NOT NULL,
    last_modified   TEXT    NOT NULL,
    final_url       TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    next_due_ms     INTEGER NOT NULL,
    last_run_ms     INTEGER NOT NULL,
    last_success_ms INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    outcome         TEXT    NOT NULL,
    extra           TEXT    NOT NULL
, link_keys INTEGER NOT NULL DEFAULT 0, items INTEGER NOT NULL DEFAULT 0, missing INTEGER NOT NULL DEFAULT 0, noise TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
INSERT INTO source_states VALUES('news','http://127.0.0.1:18999/feed','','','http://127.0.0.1:18999/feed','sha256:1b90418887b94e1ffac1710d7972564e4a2da3e2bcc65d40951acea54cb6a698',1796009863000,1796008063956,1796008063956,0,'ok','{"schedule":"@every 30m","reading":"d7da62cd67d6","kind":{}}',0,28,0,'');
INSERT INTO source_states VALUES('notices','notices','','','','2b7bc129227399d19b70c33f197f188a4c728dca112efa32689bf337e561643b',1796008123000,1796008063958,1796008063958,0,'ok','{"schedule":"@every 1m","reading":"d7da62cd67d6","kind":{}}',0,0,0,'');
CREATE TABLE runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    source     TEXT    NOT NULL,
    started_ms INTEGER NOT NULL,
    took_ms    INTEGER NOT NULL,
    outcome    TEXT    NOT NULL,
    status     INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    added      INTEGER NOT NULL,
    changed    INTEGER NOT NULL,
    withdrawn  INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    error      TEXT    NOT NULL,
    problems   TEXT    NOT NULL
);
CREATE TABLE holds (
    source      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    since_ms    INTEGER NOT NULL,
    released_ms INTEGER NOT NULL,
    articles    TEXT    NOT NULL, digest TEXT NOT NULL DEFAULT '', agreed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, kind)
) WITHOUT ROWID;
CREATE TABLE marks (
    channel          TEXT    PRIMARY KEY,
    counter          INTEGER NOT NULL,
    published        INTEGER NOT NULL,
    changed_ms       INTEGER NOT NULL,
    first_changed_ms INTEGER NOT NULL,
    published_ms     INTEGER NOT NULL,
    urgent           INTEGER NOT NULL
, past INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "former_documents" (
    channel     TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    archive     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    body        BLOB    NOT NULL,
    etag        TEXT    NOT NULL,
    modified_ms INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL,
    entries     INTEGER NOT NULL,
    PRIMARY KEY (channel, format, archive)
);
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES('publish.fingerprint','bf2599fd620706d84f7e0299f7089ac7b62880bfc9c66a275fc8c1c6fc7967a1');
INSERT INTO meta VALUES('related.seq','80');
INSERT INTO meta VALUES('remap.fingerprint','066ca2aa37ca9e525a165dd4d082842866893e032cb533c61972ac0573bb9ecb');
CREATE TABLE archives (
    channel   TEXT    NOT NULL,
    n         INTEGER NOT NULL,
    since_seq INTEGER NOT NULL,
    until_seq INTEGER NOT NULL,
    closed_ms INTEGER NOT NULL, languages TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (channel, n)
) WITHOUT ROWID;
CREATE TABLE erasures (
    uid     TEXT    PRIMARY KEY,
    reason  TEXT    NOT NULL,
    time_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE missing (
    source    TEXT    NOT NULL,
    article   INTEGER NOT NULL,
    since_ms  INTEGER NOT NULL,
    probed_ms INTEGER NOT NULL, gone_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;
CREATE TABLE related (
    article INTEGER PRIMARY KEY,
    stories TEXT    NOT NULL
);
CREATE TABLE endings (
    channel  TEXT    PRIMARY KEY,
    title    TEXT    NOT NULL,
    ended_ms INTEGER NOT NULL,
    gone_ms  INTEGER NOT NULL
, site TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE former_categories (
    story    TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (story, category)
) WITHOUT ROWID;
CREATE TABLE remembered (
    source  TEXT  PRIMARY KEY,
    reading TEXT  NOT NULL,
    entries BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO remembered VALUES('news','c7fd1e001e5477b3c9',X'00000000000000000000000000000004000000000000000007af7a20b7043221000000000000000a08d9743f8f5d3d68110570d9d0ed39000000000000000010fc2027fc3bfcbdfb3b5f668502493f35000000000000001a4f40fa7314f98a51454b58d97fc6e4b40000000000000015e33279be5801c57947acc9c390c21a41000000000000001983bff539021f35b34df417f7a3f160ce0000000000000006ccd2632abd246ff652f6cf0b2e13de78000000000000000d1d21ad371066866c6659dd00f1ecf08c0000000000000001cb265c9cd17c72266759fc39696a52f6000000000000001baaab208f5f51ad426982e5d48699853d0000000000000007038023b45aef3d1d69cb2e44d6a737f70000000000000013cf95a1257128be64734eba1cfe1e98720000000000000016ab5a0cf20ab0fad17948918a78b452a2000000000000000849dd4f6a023411a78332a5c0ca5622ca0000000000000018aa24dff92f5af70489cc1a2d97d2988c0000000000000009c1af85eb39f5d0d4a780e8d249fdcd58000000000000000f58b12a41ba72cd69ab991a3583b9ae7e00000000000000053febe2521d3717a6ac3d089b5d15a89d000000000000001172b692fa9aeed611b9204b8f3c09989d00000000000000129b63dd495bd4e060c38cdf73f94325c8000000000000000eaabfcbf8bb23c7f0c95d678dcb0321b0000000000000001416b5e22f9bf04425cf5c4b3bc0f5d477000000000000001cb8948e6d9057804ed86c441f1351fabc000000000000000bc1a9bd1c352ec733dc7d520714ab60a70000000000000003f3f5c1d38a724819de7995c1a9acbbd100000000000000177b8211757db9601be5448756fead0692000000000000000c1fe375718ecf687ef23b96a8e77f19e20000000000000002a51d11bd47b528b3');
CREATE TABLE channels (
    channel  TEXT    PRIMARY KEY,
    status   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    past     INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    archives INTEGER NOT NULL,
    entries  INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO channels VALUES('ar/all','live',1796008064925,0,80,0,0,12);
INSERT INTO channels VALUES('ar/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ar/from/city','live',1796008064925,0,80,0,0,11);
INSERT INTO channels VALUES('ar/from/port','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ar/living','live',1796008064925,0,80,0,0,12);
INSERT INTO channels VALUES('ar/only/living','live',1796008064925,0,80,0,0,5);
INSERT INTO channels VALUES('en/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('en/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('en/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('en/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('en/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('en/only/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('fil/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('fil/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('fil/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('fil/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('fil/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('fil/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('fr/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('fr/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('fr/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('fr/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('fr/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('fr/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('id/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('id/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('id/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('id/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('id/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('id/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('ja-simple/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ja-simple/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ja-simple/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('ja-simple/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('ja-simple/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ja-simple/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('ja/all','live',1796008064925,0,80,0,0,15);
INSERT INTO channels VALUES('ja/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ja/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('ja/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('ja/living','live',1796008064925,0,80,0,0,15);
INSERT INTO channels VALUES('ja/only/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ko/all','live',1796008064925,0,80,0,0,12);
INSERT INTO channels VALUES('ko/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ko/from/city','live',1796008064925,0,80,0,0,11);
INSERT INTO channels VALUES('ko/from/port','live',1796008064925,0,80,0,0,7);
INSERT INTO channels VALUES('ko/living','live',1796008064925,0,80,0,0,12);
INSERT INTO channels VALUES('ko/only/living','live',1796008064925,0,80,0,0,5);
INSERT INTO channels VALUES('ne/all','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('ne/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ne/from/city','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('ne/from/port','live',1796008064925,0,80,0,0,7);
INSERT INTO channels VALUES('ne/living','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('ne/only/living','live',1796008064925,0,80,0,0,3);
INSERT INTO channels VALUES('nl/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('nl/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('nl/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('nl/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('nl/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('nl/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('pt-BR/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('pt-BR/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('pt-BR/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('pt-BR/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('pt-BR/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('pt-BR/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('ru/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ru/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('ru/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('ru/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('ru/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('ru/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('th/all','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('th/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('th/from/city','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('th/from/port','live',1796008064925,0,80,0,0,7);
INSERT INTO channels VALUES('th/living','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('th/only/living','live',1796008064925,0,80,0,0,3);
INSERT INTO channels VALUES('tr/all','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('tr/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('tr/from/city','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('tr/from/port','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('tr/living','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('tr/only/living','live',1796008064925,0,80,0,0,0);
INSERT INTO channels VALUES('vi/all','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('vi/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('vi/from/city','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('vi/from/port','live',1796008064925,0,80,0,0,7);
INSERT INTO channels VALUES('vi/living','live',1796008064925,0,80,0,0,10);
INSERT INTO channels VALUES('vi/only/living','live',1796008064925,0,80,0,0,3);
INSERT INTO channels VALUES('zh-Hans/all','live',1796008064925,0,80,0,0,13);
INSERT INTO channels VALUES('zh-Hans/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('zh-Hans/from/city','live',1796008064925,0,80,0,0,11);
INSERT INTO channels VALUES('zh-Hans/from/port','live',1796008064925,0,80,0,0,8);
INSERT INTO channels VALUES('zh-Hans/living','live',1796008064925,0,80,0,0,13);
INSERT INTO channels VALUES('zh-Hans/only/living','live',1796008064925,0,80,0,0,6);
INSERT INTO channels VALUES('zh-Hant/all','live',1796008064925,0,80,0,0,15);
INSERT INTO channels VALUES('zh-Hant/everything','live',1796008064925,0,80,0,0,80);
INSERT INTO channels VALUES('zh-Hant/from/city','live',1796008064925,0,80,0,0,13);
INSERT INTO channels VALUES('zh-Hant/from/port','live',1796008064925,0,80,0,0,9);
INSERT INTO channels VALUES('zh-Hant/living','live',1796008064925,0,80,0,0,15);
INSERT INTO channels VALUES('zh-Hant/only/living','live',1796008064925,0,80,0,0,9);
CREATE TABLE ending_documents (
    channel  TEXT    NOT NULL,
    format   TEXT    NOT NULL,
    archive  INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    last_seq INTEGER NOT NULL,
    entries  INTEGER NOT NULL,
    PRIMARY KEY (channel, format, archive)
);
CREATE TABLE sites (
    digest     TEXT    PRIMARY KEY,
    body       TEXT    NOT NULL,
    adopted_ms INTEGER NOT NULL
);
INSERT INTO sites VALUES('22c4ea350ad6951083f3796244f47a7e','{"Site":{"ID":"languages","BaseURL":"https://news.city.example","Titles":{"ar":"News","en":"News","fil":"News","fr":"News","id":"News","ja":"News","ja-simple":"News","ko":"News","ne":"News","nl":"News","pt-BR":"News","ru":"News","th":"News","tr":"News","vi":"News","zh-Hans":"News","zh-Hant":"News"},"Taglines":null,"Icon":{},"Logo":{},"DefaultLocale":"en","Locales":[{"Tag":"en","Chain":["en"]},{"Tag":"ja","Chain":["ja","en"]},{"Tag":"zh-Hans","Chain":["zh-Hans","en"]},{"Tag":"zh-Hant","Chain":["zh-Hant","en"]},{"Tag":"ko","Chain":["ko","en"]},{"Tag":"nl","Chain":["nl","en"]},{"Tag":"fr","Chain":["fr","en"]},{"Tag":"th","Chain":["th","en"]},{"Tag":"tr","Chain":["tr","en"]},{"Tag":"id","Chain":["id","en"]},{"Tag":"fil","Chain":["fil","en"]},{"Tag":"ar","Chain":["ar","en"]},{"Tag":"ru","Chain":["ru","en"]},{"Tag":"ja-simple","Chain":["ja-simple","en"]},{"Tag":"ne","Chain":["ne","en"]},{"Tag":"pt-BR","Chain":["pt-BR","en"]},{"Tag":"vi","Chain":["vi","en"]}],"Categories":[{"Term":"living","Formerly":null,"Urgent":false,"Labels":null}],"Publishers":[{"Key":"city","Formerly":null,"Names":{"ar":"City","en":"City","fil":"City","fr":"City","id":"City","ja":"City","ja-simple":"City","ko":"City","ne":"City","nl":"City","pt-BR":"City","ru":"City","th":"City","tr":"City","vi":"City","zh-Hans":"City","zh-Hant":"City"},"NameID":"","Location":null,"Country":"","Language":"ja","HomePage":"","License":{"Name":"CC BY 4.0","URL":"","FullText":true}},{"Key":"port","Formerly":null,"Names":{"ar":"Port","en":"Port","fil":"Port","fr":"Port","id":"Port","ja":"Port","ja-simple":"Port","ko":"Port","ne":"Port","nl":"Port","pt-BR":"Port","ru":"Port","th":"Port","tr":"Port","vi":"Port","zh-Hans":"Port","zh-Hant":"Port"},"NameID":"","Location":null,"Country":"","Language":"ja","HomePage":"","License":{"Name":"CC BY 4.0","URL":"","FullText":true}}]},"Sources":[{"ID":"notices","Publisher":"","Kind":"folder","URL":"","Path":"","Language":"","Schedule":"","Disabled":false,"Comment":"","Rules":null,"DefaultCategories":null,"NoKeywords":false,"EditionURLs":null,"EditionsOf":"","DayFirst":false,"MonthFirst":false,"AllowPrivate":false,"RetryAfterHost":false,"Credentials":{},"Volatile":false,"ChangesCorrect":false,"Selectors":{},"Only":{},"Except":{},"Rewrite":null,"FullText":false,"MaxPages":0},{"ID":"news","Publisher":"","Kind":"feed","URL":"","Path":"","Language":"","Schedule":"","Disabled":false,"Comment":"","Rules":null,"DefaultCategories":null,"NoKeywords":false,"EditionURLs":null,"EditionsOf":"","DayFirst":false,"MonthFirst":false,"AllowPrivate":true,"RetryAfterHost":false,"Credentials":{},"Volatile":false,"ChangesCorrect":false,"Selectors":{},"Only":{},"Except":{},"Rewrite":null,"FullText":false,"MaxPages":0}],"TTL":300000000000,"Zones":{"city":"Asia/Tokyo","port":"Asia/Tokyo"}}',1796008063925);
CREATE TABLE adoptions (
    adopted_ms INTEGER PRIMARY KEY,
    digest     TEXT    NOT NULL
);
INSERT INTO adoptions VALUES(1796008063925,'bf2599fd620706d84f7e0299f7089ac7b62880bfc9c66a275fc8c1c6fc7967a1');
CREATE TABLE recommended (
    story   TEXT    NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (story, article)
) WITHOUT ROWID;
CREATE TABLE pages (
    source TEXT NOT NULL,
    page   TEXT NOT NULL,
    state  TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (source, page)
);
CREATE TABLE permalinks (
    digest  INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (digest, article)
) WITHOUT ROWID;
INSERT INTO permalinks VALUES(-8278801461845285678,15);
INSERT INTO permalinks VALUES(-7387888666222030224,27);
INSERT INTO permalinks VALUES(-7091892341826940157,18);
INSERT INTO permalinks VALUES(-6745641473332718013,5);
INSERT INTO permalinks VALUES(-5003088658398061627,9);
INSERT INTO permalinks VALUES(-2784187012318654588,6);
INSERT INTO permalinks VALUES(-2611745508695913564,3);
INSERT INTO permalinks VALUES(-2508581446284357376,8);
INSERT INTO permalinks VALUES(-1321080503230081844,20);
INSERT INTO permalinks VALUES(-826776492010623933,26);
INSERT INTO permalinks VALUES(-192361333942604331,19);
INSERT INTO permalinks VALUES(980720121816449698,24);
INSERT INTO permalinks VALUES(1312434899850248994,13);
INSERT INTO permalinks VALUES(1452322415112120166,21);
INSERT INTO permalinks VALUES(1684858338528510494,23);
INSERT INTO permalinks VALUES(1935609509594202534,22);
INSERT INTO permalinks VALUES(3220544765979467170,2);
INSERT INTO permalinks VALUES(4564057939096646336,28);
INSERT INTO permalinks VALUES(4965998122053244608,17);
INSERT INTO permalinks VALUES(5672432606589736654,7);
INSERT INTO permalinks VALUES(5886534488607787161,10);
INSERT INTO permalinks VALUES(6374149748295064666,25);
INSERT INTO permalinks VALUES(6836292371059497629,11);
INSERT INTO permalinks VALUES(7891478499526058770,4);
INSERT INTO permalinks VALUES(7904771234696695576,1);
INSERT INTO permalinks VALUES(8133272402065851453,14);
INSERT INTO permalinks VALUES(8724755928587378695,12);
INSERT INTO permalinks VALUES(9009139278089823827,16);
CREATE TABLE files (
    digest  TEXT PRIMARY KEY,
    kept_ms INTEGER NOT NULL,
    data    BLOB NOT NULL
);
CREATE TABLE article_files (
    article INTEGER NOT NULL,
    digest  TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (article, digest)
);
CREATE TABLE river_leader (
    elected_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    leader_id text NOT NULL,
    name text PRIMARY KEY NOT NULL DEFAULT 'default' CHECK (name = 'default'),
    CONSTRAINT name_length CHECK (length(name) > 0 AND length(name) < 128),
    CONSTRAINT leader_id_length CHECK (length(leader_id) > 0 AND length(leader_id) < 128)
);
CREATE TABLE river_migration (
    line text NOT NULL,
    version integer NOT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT line_length CHECK (length(line) > 0 AND length(line) < 128),
    CONSTRAINT version_gte_1 CHECK (version >= 1),
    PRIMARY KEY (line, version)
);
INSERT INTO river_migration VALUES('main',1,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',2,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',3,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',4,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',5,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',6,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',7,'2026-11-30 03:07:43');
INSERT INTO river_migration VALUES('main',8,'2026-11-30 03:07:43');
CREATE TABLE river_notification (
    id integer PRIMARY KEY AUTOINCREMENT,
    created_at timestamp NOT NULL DEFAULT (datetime('now', 'subsec')),
    payload text NOT NULL,
    topic text NOT NULL,
    CONSTRAINT topic_length CHECK (length(topic) > 0 AND length(topic) < 128)
);
CREATE TABLE river_queue (
    name text PRIMARY KEY NOT NULL,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    metadata blob NOT NULL DEFAULT (jsonb('{}')),
    paused_at timestamp,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE river_job (
    id integer PRIMARY KEY AUTOINCREMENT,
    args blob NOT NULL DEFAULT (jsonb('{}')),
    attempt integer NOT NULL DEFAULT 0,
    attempted_at timestamp,
    attempted_by blob, -- json
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    errors blob, -- json
    finalized_at timestamp,
    kind text NOT NULL,
    max_attempts integer NOT NULL DEFAULT 25,
    metadata blob NOT NULL DEFAULT (jsonb('{}')),
    priority integer NOT NULL DEFAULT 1,
    queue text NOT NULL DEFAULT 'default',
    state text NOT NULL DEFAULT 'available',
    scheduled_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    tags blob NOT NULL DEFAULT (jsonb('[]')),
    unique_key blob,
    unique_states integer,
    CONSTRAINT finalized_or_finalized_at_null CHECK (
        (finalized_at IS NULL AND state NOT IN ('cancelled', 'completed', 'discarded')) OR
        (finalized_at IS NOT NULL AND state IN ('cancelled', 'completed', 'discarded'))
    ),
    CONSTRAINT priority_in_range CHECK (priority >= 1 AND priority <= 4),
    CONSTRAINT queue_length CHECK (length(queue) > 0 AND length(queue) < 128),
    CONSTRAINT kind_length CHECK (length(kind) > 0 AND length(kind) < 128),
    CONSTRAINT state_valid CHECK (state IN ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled'))
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',17);
INSERT INTO sqlite_sequence VALUES('river_job',107);
INSERT INTO sqlite_sequence VALUES('river_notification',3);
INSERT INTO sqlite_sequence VALUES('runs',2);
CREATE INDEX articles_story ON articles (story);
CREATE INDEX article_sources_article ON article_sources (article);
CREATE INDEX log_language ON log (language);
CREATE INDEX log_publisher ON log (publisher);
CREATE INDEX runs_source ON runs (source, id);
CREATE INDEX log_article ON log (article);
CREATE INDEX article_files_digest ON article_files (digest);
CREATE INDEX river_notification_created_at_idx ON river_notification (created_at);
CREATE INDEX river_notification_topic_id_idx ON river_notification (topic, id);
CREATE INDEX river_job_kind ON river_job (kind);
CREATE INDEX river_job_state_and_finalized_at_index ON river_job (state, finalized_at) WHERE finalized_at IS NOT NULL;
CREATE INDEX river_job_prioritized_fetching_index ON river_job (state, queue, priority, scheduled_at, id);
CREATE UNIQUE INDEX river_job_unique_idx ON river_job (unique_key)
    WHERE unique_key IS NOT NULL
        AND unique_states IS NOT NULL
        AND CASE state
            WHEN 'available' THEN unique_states & (1 << 0)
            WHEN 'cancelled' THEN unique_states & (1 << 1)
            WHEN 'completed' THEN unique_states & (1 << 2)
            WHEN 'discarded' THEN unique_states & (1 << 3)
            WHEN 'pending'   THEN unique_states & (1 << 4)
            WHEN 'retryable' THEN unique_states & (1 << 5)
            WHEN 'running'   THEN unique_states & (1 << 6)
            WHEN 'scheduled' THEN unique_states & (1 << 7)
            ELSE 0
        END >= 1;
COMMIT;
